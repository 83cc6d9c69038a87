//! shell
pub mod guest_area;
