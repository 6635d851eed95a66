//! Any list as a file, at its own address and `/export/{format}`.

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

/// Whether the address asks for the list as a file.
pub fn asked(req: &Req) -> bool {
    req.params.contains_key("format")
}

/// The list as the file that `{format}` in the path asks for.
pub fn reply(req: &Req, name: &str, sheet: &Sheet) -> Outcome {
    let format: Format = req.param("format")?;
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
    let kept = req.query.0.iter().filter(|(n, _)| n != "page");
    let kept = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    let filters = if kept.is_empty() { kept } else { format!("?{kept}") };
    let to = |format: Format| format!("{address}/export/{}{filters}", format.code());
    html! {
        p.row {
            span { (req.t.get("sheet-save")) }
            @for format in Format::ALL {
                a href=(to(format)) download { (format.code().to_uppercase()) }
            }
        }
    }
}
