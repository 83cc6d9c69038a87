//! One file for each family of protocols.

mod activation;
mod compositor;
mod decoration;
mod idle;
mod output;
mod seat;
mod selection;
pub(super) mod text_input;
mod xdg_shell;
