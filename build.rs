//! Builds again when the default configuration changes: it is compiled into the binaries.
#![allow(
    clippy::print_stdout,
    reason = "standard output is how a build script speaks to cargo"
)]

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=kiosk-config");
}
