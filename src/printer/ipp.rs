//! What is asked of the instance: RFC 8011, by the crate `ipp`.

use std::io;
use std::path::{Path, PathBuf};

use ::ipp::attribute::{IppAttribute, IppAttributeGroup};
use ::ipp::model::{DelimiterTag, IppVersion, Operation};
use ::ipp::parser::IppParser;
use ::ipp::request::IppRequestResponse;
use ::ipp::value::IppValue;

use super::http;
use super::level::{Job, Seen};
use super::{QUEUE, SOCKET};

/// Speaks to one instance.
#[derive(Clone, Debug)]
pub struct Asker {
    socket: PathBuf,
}

impl Asker {
    /// The instance whose socket lies in `folder`.
    pub fn new(folder: &Path) -> Self {
        Self {
            socket: folder.join(SOCKET),
        }
    }

    /// The jobs of the visit and the state of the printer.
    ///
    /// # Errors
    /// When the instance is gone or speaks nonsense.
    pub fn look(&self) -> io::Result<Seen> {
        let jobs = request(
            Operation::GetJobs,
            &[
                ("which-jobs", keyword("all")?),
                ("requested-attributes", keywords(&["job-id", "job-state"])?),
            ],
        )?;
        let jobs = self.ask(&jobs, None)?;
        let printer = request(
            Operation::GetPrinterAttributes,
            &[(
                "requested-attributes",
                keywords(&["printer-state", "printer-state-reasons"])?,
            )],
        )?;
        let printer = self.ask(&printer, None)?;
        Ok(seen(&jobs, &printer))
    }

    /// Hands `size` bytes of a document over; returns the number of its job. What kind of document
    /// it is, the print service finds out by itself, and refuses what it cannot print.
    ///
    /// # Errors
    /// When it was not taken.
    pub fn print(&self, document: &mut dyn io::Read, size: u64) -> io::Result<i32> {
        let title = IppValue::new_name_without_language("document").map_err(nonsense)?;
        let format = IppValue::new_mime_media_type("application/octet-stream").map_err(nonsense)?;
        let job = request(
            Operation::PrintJob,
            &[("job-name", title), ("document-format", format)],
        )?;
        let answer = self.ask(&job, Some((document, size)))?;
        integers(&answer, DelimiterTag::JobAttributes, "job-id")
            .first()
            .copied()
            .ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    fn ask(
        &self,
        request: &IppRequestResponse,
        document: Option<(&mut dyn io::Read, u64)>,
    ) -> io::Result<IppRequestResponse> {
        let answer = http::post(&self.socket, &request.to_bytes(), document)?;
        let answer = IppParser::new(::ipp::reader::IppReader::new(io::Cursor::new(answer)))
            .parse()
            .map_err(nonsense)?;
        // RFC 8011, 4.1.6.1: success is 0x0000 to 0x00ff.
        if answer.header().operation_or_status as u16 > 0xff {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(answer)
    }
}

fn nonsense(_: ::ipp::parser::IppParseError) -> io::Error {
    io::ErrorKind::InvalidData.into()
}

fn request(what: Operation, more: &[(&str, IppValue)]) -> io::Result<IppRequestResponse> {
    let uri = format!("ipp://localhost/printers/{QUEUE}");
    let uri = uri.parse().map_err(io::Error::other)?;
    let mut request =
        IppRequestResponse::new(IppVersion::v2_0(), what, Some(uri)).map_err(nonsense)?;
    let user = IppValue::new_name_without_language("visitor").map_err(nonsense)?;
    let mut add = |name: &str, value| -> io::Result<()> {
        let attribute = IppAttribute::with_name(name, value).map_err(nonsense)?;
        request
            .attributes_mut()
            .add(DelimiterTag::OperationAttributes, attribute);
        Ok(())
    };
    add("requesting-user-name", user)?;
    for (name, value) in more {
        add(name, value.clone())?;
    }
    Ok(request)
}

fn keyword(word: &str) -> io::Result<IppValue> {
    IppValue::new_keyword(word).map_err(nonsense)
}

fn keywords(words: &[&str]) -> io::Result<IppValue> {
    let words: io::Result<Vec<IppValue>> = words.iter().map(|word| keyword(word)).collect();
    Ok(IppValue::Array(words?))
}

fn seen(jobs: &IppRequestResponse, printer: &IppRequestResponse) -> Seen {
    let jobs = jobs
        .attributes()
        .groups_of(DelimiterTag::JobAttributes)
        .filter_map(|group| {
            let number = |name| number(group.get(name)?.value());
            Some((number("job-id")?, Job::of(number("job-state")?)))
        })
        .collect();
    let printer = printer
        .attributes()
        .first_of(DelimiterTag::PrinterAttributes);
    let stopped = printer
        .and_then(|group| number(group.get("printer-state")?.value()))
        .is_none_or(|state| state == 5);
    let reasons = printer.map(reasons).unwrap_or_default();
    Seen {
        jobs,
        stopped,
        reasons,
        away: false,
    }
}

fn reasons(printer: &IppAttributeGroup) -> Vec<String> {
    printer
        .get("printer-state-reasons")
        .map(|attribute| {
            attribute
                .value()
                .into_iter()
                .filter_map(IppValue::as_keyword)
                .map(|word| word.as_str().to_owned())
                .collect()
        })
        .unwrap_or_default()
}

fn number(value: &IppValue) -> Option<i32> {
    value.as_integer().or_else(|| value.as_enum()).copied()
}

fn integers(answer: &IppRequestResponse, tag: DelimiterTag, name: &str) -> Vec<i32> {
    answer
        .attributes()
        .groups_of(tag)
        .filter_map(|group| number(group.get(name)?.value()))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use proptest::prelude::*;

    fn parsed(bytes: Vec<u8>) -> Option<IppRequestResponse> {
        IppParser::new(::ipp::reader::IppReader::new(io::Cursor::new(bytes)))
            .parse()
            .ok()
    }

    #[test]
    fn the_deepest_nesting_that_fits_into_an_answer_is_taken_apart() {
        let mut bytes = vec![2, 0, 0, 0, 0, 0, 0, 1, 4];
        bytes.extend([0x34, 0, 1, b'x', 0, 0]);
        while bytes.len() + 12 < http::LIMIT {
            bytes.extend([0x4a, 0, 0, 0, 1, b'y', 0x34, 0, 0, 0, 0]);
        }
        bytes.extend([0x37, 0, 0, 0, 0].repeat(2000));
        bytes.push(3);
        drop(parsed(bytes));
    }

    proptest! {
        #[test]
        fn any_answer_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut whole = vec![2, 0, 0, 0, 0, 0, 0, 1, 2];
            whole.extend(bytes);
            if let Some(answer) = parsed(whole) {
                let seen = seen(&answer, &answer);
                prop_assert!(seen.jobs.len() <= 400);
            }
        }
    }
}
