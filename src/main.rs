//! Estran.

fn main() {
    #[cfg(feature = "shots")]
    if let [_, word, out] = &std::env::args().collect::<Vec<_>>()[..]
        && word == "shots"
    {
        let made = estran::shell::shots::all(out.as_ref());
        std::process::exit(i32::from(made.is_err()));
    }
}
