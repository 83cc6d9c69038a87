//! Estran.

fn main() {}
