//! What a finding names: a handful of values by name.

use crate::explain::console::Fields;
use crate::explain::{detail, mask};
use crate::prelude::*;

/// `url`, `origin`, `method`, `header`, `value`, `status`, `net_error`, `redirected_from`, `address_space`: those that are named. A list,
/// because a struct of nine options would be a tenth of the chunk in clones and drops.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Named(pub Vec<(&'static str, String)>);

impl Named {
    /// The value of this name.
    pub fn of(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    #[inline(never)]
    pub(crate) fn put(&mut self, name: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.0.push((name, value.to_string()));
        }
    }

    pub(crate) fn status(&mut self, status: Option<u16>) {
        if let Some(status) = status {
            self.0.push(("status", detail::digits(status.into())));
        }
    }

    /// The same with every secret masked.
    pub(crate) fn masked(&self) -> Named {
        let mut masked = Named::default();
        for (name, value) in &self.0 {
            let shown = match *name {
                "url" | "origin" | "redirected_from" => mask::url(value),
                _ => mask::text(value, 200),
            };
            masked.0.push((name, shown));
        }
        masked
    }
}

impl From<&Fields> for Named {
    fn from(fields: &Fields) -> Named {
        let mut named = Named::default();
        for (name, value) in [
            ("url", &fields.url),
            ("origin", &fields.origin),
            ("method", &fields.method),
            ("header", &fields.header),
            ("value", &fields.value),
            ("net_error", &fields.net_error),
            ("redirected_from", &fields.redirected_from),
            ("address_space", &fields.address_space),
        ] {
            named.put(name, value.as_deref());
        }
        named.status(fields.status);
        named
    }
}
