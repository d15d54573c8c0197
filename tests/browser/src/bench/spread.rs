//! The middle of some samples, and how sure it is.

use serde::Serialize;

/// How often the samples are drawn anew.
const RESAMPLES: usize = 10_000;

/// The median of samples, half of which lie between the quartiles.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The middle one; of an even number, between the middle two.
    pub median: f64,
    /// A quarter of the samples is below the first, a quarter above the second.
    pub quartiles: [f64; 2],
    /// Between these the median is in 95 % of all samples drawn anew from these (percentile bootstrap, always the same draws).
    pub interval: [f64; 2],
}

impl Spread {
    /// Of samples in any order; all NaN if there is none.
    pub fn of(samples: &[f64]) -> Spread {
        let samples = sorted(samples.to_vec());
        let mut random = Random(1);
        let mut draw = || {
            let drawn = samples.iter().map(|_| samples[random.below(samples.len())]).collect();
            quantile(&sorted(drawn), 0.5)
        };
        let medians = sorted((0..RESAMPLES).map(|_| draw()).collect());
        Spread {
            median: quantile(&samples, 0.5),
            quartiles: [quantile(&samples, 0.25), quantile(&samples, 0.75)],
            interval: [quantile(&medians, 0.025), quantile(&medians, 0.975)],
        }
    }
}

/// The mean of the middle half: what neither a pause nor the steps of a clock move.
pub fn middle(samples: &[f64]) -> f64 {
    let samples = sorted(samples.to_vec());
    let rest = samples.len() / 4;
    mean(&samples[rest..samples.len() - rest])
}

/// The mean; NaN of nothing.
pub fn mean(samples: &[f64]) -> f64 {
    samples.iter().sum::<f64>() / samples.len() as f64
}

/// The value that this part of the sorted samples is below, between two of them if need be.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = part * last as f64;
    let (low, high) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    // Infinities have no difference.
    if low == high { low } else { low * (1.0 - place.fract()) + high * place.fract() }
}

fn sorted(mut samples: Vec<f64>) -> Vec<f64> {
    samples.sort_by(f64::total_cmp);
    samples
}

/// SplitMix64: the same numbers from the same seed.
pub struct Random(pub u64);

impl Random {
    /// A number from 0 to one less than `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    /// The items in another order.
    pub fn shuffled<T: Clone>(&mut self, items: &[T]) -> Vec<T> {
        let mut items = items.to_vec();
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_the_quartiles_do_not_depend_on_the_order() {
        let odd = Spread::of(&[5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!((odd.median, odd.quartiles), (3.0, [2.0, 4.0]));
        let even = Spread::of(&[4.0, 1.0, 3.0, 2.0]);
        assert_eq!((even.median, even.quartiles), (2.5, [1.75, 3.25]));
        assert_eq!(Spread::of(&[7.0]), Spread { median: 7.0, quartiles: [7.0; 2], interval: [7.0; 2] });
        assert!(Spread::of(&[]).median.is_nan());
    }

    #[test]
    fn the_interval_is_that_of_the_median_and_the_same_each_time() {
        let samples: Vec<f64> = (0..15).map(f64::from).collect();
        let spread = Spread::of(&samples);
        // By the binomial law the median of 15 is between the fourth and the twelfth in 96.5 % of all samples.
        assert_eq!(spread.interval, [3.0, 11.0]);
        assert_eq!(spread, Spread::of(&samples));
    }

    #[test]
    fn one_outlier_moves_neither_the_median_nor_its_interval() {
        let mut samples = vec![1.0; 15];
        samples[7] = f64::INFINITY;
        assert_eq!(Spread::of(&samples), Spread { median: 1.0, quartiles: [1.0; 2], interval: [1.0; 2] });
        assert_eq!(Spread::of(&[f64::INFINITY; 3]).interval, [f64::INFINITY; 2]);
    }

    #[test]
    fn the_middle_half_leaves_out_a_quarter_on_either_side() {
        assert_eq!(middle(&[100.0, 2.0, 3.0, 0.0]), 2.5);
        assert_eq!(middle(&[9.0, 1.0, 2.0]), 4.0);
        assert_eq!(mean(&[9.0, 1.0, 2.0, 0.0]), 3.0);
        assert!(middle(&[]).is_nan());
    }

    #[test]
    fn a_shuffle_keeps_every_item_and_gives_each_every_place() {
        let mut random = Random(7);
        let mut places = [[0; 3]; 3];
        for _ in 0..3000 {
            let order = random.shuffled(&[0, 1, 2]);
            order.into_iter().enumerate().for_each(|(place, item): (usize, usize)| places[item][place] += 1);
        }
        assert!(places.as_flattened().iter().all(|count| (900..1100).contains(count)), "{places:?}");
    }
}
