//! Any list as a file: at `…/export/{format}`, or at the list's own address with `?format=`.

use std::str::FromStr;

use maud::{Markup, html};
use outputs::sheet::Sheet;

use super::{
    reply::{Fault, Outcome, Reply},
    request::Req,
};

/// A kind of file that a list can be saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Format {
    /// Every kind, the commonest first.
    pub const ALL: [Format; 2] = [Format::Xlsx, Format::Csv];

    /// The ending of the file's name, which is also its code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
        }
    }

    fn media(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl FromStr for Format {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|f| f.code() == s).ok_or(())
    }
}

/// The kind asked for by `?format=`, if any.
pub fn asked(req: &Req) -> Option<Format> {
    req.query.get("format").parse().ok()
}

/// The list as the file that `{format}` in the path, or else `?format=`, asks for.
pub fn reply(req: &Req, name: &str, sheet: &Sheet) -> Outcome {
    let format = match req.params.get("format") {
        Some(_) => req.param("format")?,
        None => asked(req).ok_or(Fault::Missing)?,
    };
    let bytes = match format {
        Format::Csv => sheet.csv(),
        Format::Xlsx => sheet.xlsx(req.now),
    };
    let bytes = bytes.map_err(|e| Fault::Broken(e.into()))?;
    let mark = if sheet.exercise { "-EXERCISE" } else { "" };
    let name = Some(format!("{name}{mark}.{}", format.code()));
    Ok(Reply::Bytes { media: format.media(), name, bytes })
}

/// Links to the list at `address` as files, with the filters of the present address kept.
pub fn links(req: &Req, address: &str) -> Markup {
    let kept: Vec<_> = req.query.0.iter().filter(|(n, _)| n != "page" && n != "format").collect();
    let to = |format: Format| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(kept.iter().map(|(n, v)| (n, v)));
        let query = query.append_pair("format", format.code()).finish();
        // A list with an address of its own for files names the format in the path.
        let path = if address.ends_with("/export") { format.code() } else { "" };
        let stroke = if path.is_empty() { "" } else { "/" };
        format!("{address}{stroke}{path}?{query}")
    };
    html! {
        p.row {
            span { (req.t.get("sheet-save")) }
            @for format in Format::ALL {
                a href=(to(format)) download { (format.code().to_uppercase()) }
            }
        }
    }
}
