//! A file name that every stick and every computer takes. The guest's own name is hostile input.

/// The longest name, characters. FAT takes 255 UTF-16 units, ext4 255 bytes.
const LONGEST: usize = 60;

/// Names that other systems take for devices or for orders.
const RESERVED: [&str; 8] = [
    "con", "prn", "aux", "nul", "autorun", "desktop", "thumbs", "folder",
];

/// The name without what could lead elsewhere, deceive, or be refused by a FAT file system.
pub fn plain(name: &str) -> String {
    let kept: String = name.chars().filter(|c| is_plain(*c)).collect();
    let kept = kept.trim_matches(['.', ' ', '-', '~']);
    let (stem, end) = match kept.rsplit_once('.') {
        Some((stem, end)) if !end.is_empty() && end.chars().count() <= 8 => (stem, Some(end)),
        _ => (kept, None),
    };
    let stem = stem.trim_end_matches(['.', ' ']);
    let cut: String = stem.chars().take(LONGEST).collect();
    // Cut in the middle, a name may end in what FAT refuses at the end.
    let mut plain = cut.trim_end_matches(['.', ' ']).to_owned();
    let lower = plain.to_lowercase();
    let device = ["com", "lpt"].iter().any(|port| lower.starts_with(port)) && lower.len() == 4;
    if plain.is_empty() || device || RESERVED.contains(&lower.split('.').next().unwrap_or_default())
    {
        plain.insert_str(0, "document-");
    }
    if let Some(end) = end {
        plain.push('.');
        plain.push_str(end);
    }
    plain
}

fn is_plain(c: char) -> bool {
    let direction = matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{061c}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e007f}'
    );
    !c.is_control() && !direction && !"<>:\"/\\|?*".contains(c) && u32::from(c) < 0x1_0000
}

/// The name for the next try when one is taken: `facture (2).pdf`.
pub fn next(plain: &str, count: u32) -> String {
    match plain.rsplit_once('.') {
        Some((stem, end)) => format!("{stem} ({count}).{end}"),
        None => format!("{plain} ({count})"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_that_lead_elsewhere_are_made_plain() {
        for (name, wanted) in [
            ("relevé n° 3.pdf", "relevé n° 3.pdf"),
            ("../../etc/passwd", "etcpasswd"),
            ("con.pdf", "document-con.pdf"),
            ("AUTORUN.INF", "document-AUTORUN.INF"),
            ("lpt1", "document-lpt1"),
            (".cache", "cache"),
            ("facture\u{202e}fdp.exe", "facturefdp.exe"),
            ("a:b*c?.pdf", "abc.pdf"),
            ("   ", "document-"),
            ("x. .", "x"),
        ] {
            assert_eq!(plain(name), wanted, "{name:?}");
        }
        assert_eq!(next("facture.pdf", 2), "facture (2).pdf");
        assert_eq!(next("facture", 3), "facture (3)");
    }

    proptest! {
        #[test]
        fn any_name_becomes_one_that_a_stick_takes(name in "\\PC{0,80}|[\\s\\S]{0,300}") {
            let plain = plain(&name);
            prop_assert!(!plain.is_empty() && !plain.contains(['/', '\\', '\0', ':']));
            prop_assert!(plain != "." && plain != ".." && !plain.starts_with('.'));
            prop_assert!(plain.len() <= 255 && plain.encode_utf16().count() <= 120);
            prop_assert!(!plain.ends_with([' ', '.']), "{plain:?}");
        }
    }
}
