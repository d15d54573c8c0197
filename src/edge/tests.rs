//! Captures of every kind of argument, in a real browser.
