//! LevelDB tables, in which Chromium keeps localStorage, indexed databases and service workers:
//! blocks that may be snappy-compressed, and a footer that says where they lie
//! (github.com/google/leveldb, doc/table_format.md).
#![forbid(unsafe_code)]

/// The last eight bytes of every table.
const MAGIC: [u8; 8] = 0xdb47_7524_8b80_fb57_u64.to_le_bytes();
/// Two handles, padded, and the magic.
const FOOTER: usize = 48;
/// Behind each block: its kind and a checksum.
const TRAILER: usize = 5;
/// The longest block that is opened, bytes.
const BLOCK: usize = 8 << 20;

/// What is in a table.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// A whole table of so many bytes.
    Table(usize),
    /// A block of it, opened.
    Block(&'a [u8]),
    /// What its index calls a block, and is none.
    Broken,
}

/// Gives every block of every whole table that begins before `limit`, opened, as long as `found`
/// wants more.
pub(super) fn blocks(bytes: &[u8], limit: usize, found: &mut dyn FnMut(Found<'_>) -> bool) {
    for magic in memchr::memmem::find_iter(bytes, &MAGIC) {
        let end = magic + MAGIC.len();
        if let Some(table) = whole(bytes, end, limit) {
            if !(found(Found::Table(table.len())) && table_blocks(table, found)) {
                return;
            }
        }
    }
}

/// The table whose footer ends at `end`. Its index is its last block, so the index's own place
/// tells how far before the footer the table begins.
fn whole(bytes: &[u8], end: usize, limit: usize) -> Option<&[u8]> {
    let footer = bytes.get(end.checked_sub(FOOTER)?..end)?;
    let (offset, size) = index(footer)?;
    let length = offset
        .checked_add(size)?
        .checked_add(TRAILER)?
        .checked_add(FOOTER)?;
    let start = end.checked_sub(length)?;
    (start < limit).then(|| &bytes[start..end])
}

fn index(mut footer: &[u8]) -> Option<(usize, usize)> {
    varint(&mut footer)?;
    varint(&mut footer)?;
    Some((varint(&mut footer)?, varint(&mut footer)?))
}

/// Whether more is wanted.
fn table_blocks(table: &[u8], found: &mut dyn FnMut(Found<'_>) -> bool) -> bool {
    let footer = &table[table.len() - FOOTER..];
    let Some(index) = index(footer).and_then(|handle| block(table, handle)) else {
        return true;
    };
    handles(&index)
        .into_iter()
        .all(|handle| match block(table, handle) {
            Some(block) => found(Found::Block(&block)),
            None => found(Found::Broken),
        })
}

fn block(table: &[u8], (offset, size): (usize, usize)) -> Option<Vec<u8>> {
    let end = offset.checked_add(size)?;
    let content = table.get(offset..end)?;
    match table.get(end)? {
        0 => Some(content.to_vec()),
        1 => {
            let fits = snap::raw::decompress_len(content).is_ok_and(|length| length <= BLOCK);
            fits.then(|| snap::raw::Decoder::new().decompress_vec(content).ok())?
        }
        _ => None,
    }
}

/// The values of an index block: where each data block lies. Entries share the beginnings of
/// their keys; the restart points stand at the end.
fn handles(index: &[u8]) -> Vec<(usize, usize)> {
    let mut handles = Vec::new();
    let Some((_, count)) = index.split_last_chunk::<4>() else {
        return handles;
    };
    let restarts = (u32::from_le_bytes(*count) as usize).saturating_mul(4);
    let entries = index.len().saturating_sub(4).saturating_sub(restarts);
    let mut rest = &index[..entries];
    while let Some(handle) = entry(&mut rest) {
        handles.push(handle);
    }
    handles
}

fn entry(rest: &mut &[u8]) -> Option<(usize, usize)> {
    let _shared = varint(rest)?;
    let own = varint(rest)?;
    let length = varint(rest)?;
    let mut value = rest.get(own..own.checked_add(length)?)?;
    *rest = &rest[own + length..];
    Some((varint(&mut value)?, varint(&mut value)?))
}

fn varint(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0_usize;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    fn push(bytes: &mut Vec<u8>, mut number: usize) {
        while number >= 0x80 {
            bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        bytes.push(number as u8);
    }

    /// A table with one data block, compressed, and its index.
    pub(in super::super) fn table(text: &[u8]) -> Vec<u8> {
        let mut table = snap::raw::Encoder::new().compress_vec(text).unwrap();
        let mut value = Vec::new();
        push(&mut value, 0);
        push(&mut value, table.len());
        table.extend([1, 0, 0, 0, 0]);
        let mut entries = vec![0, 1];
        push(&mut entries, value.len());
        entries.push(b'k');
        entries.extend(value);
        entries.extend([0; 4]);
        entries.extend(1_u32.to_le_bytes());
        let (offset, size) = (table.len(), entries.len());
        table.extend(entries);
        table.extend([0; TRAILER]);
        let mut footer = vec![0, 0];
        push(&mut footer, offset);
        push(&mut footer, size);
        footer.resize(FOOTER - MAGIC.len(), 0);
        table.extend(footer);
        table.extend(MAGIC);
        table
    }

    #[test]
    fn a_table_gives_its_blocks() {
        let mut found = Vec::new();
        let sea = [vec![0; 77], table(b"estran estran estran")].concat();
        let mut tables = 0;
        blocks(&sea, sea.len(), &mut |seen| {
            match seen {
                Found::Table(_) => tables += 1,
                Found::Block(block) => found.push(block.to_vec()),
                Found::Broken => panic!("a whole one"),
            }
            true
        });
        assert_eq!((found, tables), (vec![b"estran estran estran".to_vec()], 1));
        let mut none = 0;
        blocks(&sea, 77, &mut |_| {
            none += 1;
            true
        });
        assert_eq!(none, 0, "it begins behind the limit");
        let two = [sea.clone(), sea].concat();
        let mut seen = 0;
        blocks(&two, two.len(), &mut |_| {
            seen += 1;
            false
        });
        assert_eq!(seen, 1, "nothing more once nothing more is wanted");
    }
}
