//! Which rows a landing run plays where all of them would take too long.

use std::collections::BTreeSet;

/// The same sample each time, until somebody changes it.
const SEED: u64 = 0x5eed_2026;

/// The sample of this size that has this name. Each row is in it or not by its own number, whatever the order of the table.
pub fn of<'a>(name: &str, size: usize, ids: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut numbered: Vec<(u64, &str)> = ids.into_iter().map(|id| (number(name, id), id)).collect();
    numbered.sort_unstable();
    numbered.into_iter().take(size).map(|(_, id)| id.to_string()).collect()
}

/// The third of the table that a row is of: 0, 1 or 2.
pub fn third(id: &str) -> usize {
    (number("thirds", id) % 3) as usize
}

fn number(name: &str, id: &str) -> u64 {
    name.bytes().chain([0]).chain(id.bytes()).fold(SEED, |number, byte| mix(number ^ u64::from(byte)))
}

/// A bijection after which every bit depends on every bit before (the finalizer of SplitMix64).
fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: usize = 12;

    fn ids(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("row-{number}")).collect()
    }

    fn sample(name: &str, ids: &[String]) -> BTreeSet<String> {
        of(name, SIZE, ids.iter().map(String::as_str))
    }

    #[test]
    fn a_sample_does_not_depend_on_the_order_of_the_rows() {
        let mut ids = ids(100);
        let forth = sample("a", &ids);
        ids.reverse();
        assert_eq!((forth.len(), &sample("a", &ids)), (SIZE, &forth));
    }

    #[test]
    fn a_new_row_replaces_one_of_the_sample_at_most() {
        let (few, more) = (sample("a", &ids(100)), sample("a", &ids(101)));
        assert!(few.difference(&more).count() <= 1);
    }

    #[test]
    fn the_thirds_are_about_alike() {
        let ids = ids(300);
        let of = |third| ids.iter().filter(|id| super::third(id) == third).count();
        assert!((0..3).all(|third| (80..120).contains(&of(third))), "{:?}", [of(0), of(1), of(2)]);
    }

    #[test]
    fn samples_of_other_names_differ_and_a_short_table_is_played_whole() {
        assert_ne!(sample("a", &ids(100)), sample("b", &ids(100)));
        assert_eq!(sample("a", &ids(3)).len(), 3);
    }
}
