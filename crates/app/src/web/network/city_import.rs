//! Cities from a file: uploaded, shown with what it would change, confirmed; all or nothing.

use domain::{
    Lang, Refusal,
    city::City,
    city_list::{Change, Preview, Row, preview},
    city_row::KEYS,
    revision::Versioned,
    search,
    workbook::Grid,
};
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use super::{city::EDITORS, city_edit};
use crate::{
    chance,
    i18n::Messages,
    web::{
        form::{Draft, Show},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Route, get, post},
        sheet,
    },
};

/// Rows in which a heading is looked for.
const LOOK: usize = 20;

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/cities/import", EDITORS, ask),
        post("/cities/import", EDITORS, show),
        post("/cities/import/confirm", EDITORS, confirm),
    ]
}

fn page(req: &Req) -> Page<'static> {
    Page {
        title: req.t.get("city-import"),
        trail: vec![("/cities".to_owned(), req.t.get("nav-cities"))],
        ..Page::default()
    }
}

fn ask(req: &Req) -> Outcome {
    Ok(page(req).reply(req, &upload(req, &Draft::default())))
}

fn upload(req: &Req, draft: &Draft) -> Markup {
    let t = req.t;
    let show = Show::new(req, draft);
    html! {
        p { (t.get("city-import-how")) }
        (sheet::links(req, "/cities"))
        (show.summary())
        form method="post" action="/cities/import" enctype="multipart/form-data" {
            div.field {
                label for="f-file" { (t.get("city-import-file")) }
                p.hint id="f-file-hint" { (t.get("city-import-file-hint")) }
                input #f-file type="file" name="file" accept=".xlsx,.csv" aria-describedby="f-file-hint";
            }
            div.actions { button.main type="submit" { (t.get("city-import-show")) } }
        }
    }
}

/// The column under a heading: by its key, or by its label in any language.
fn column(heading: &str) -> Option<&'static str> {
    let heading = search::fold(heading);
    KEYS.into_iter().find(|key| {
        let label = |lang| search::fold(&Messages::of(lang).get(&format!("city-column-{key}")));
        heading == *key || Lang::COMPLETE.into_iter().any(|lang| heading == label(lang))
    })
}

/// The rows below the heading, by column. A heading names at least one column; what it does not
/// name is left aside.
fn rows(grid: &Grid) -> Result<Vec<Row>, Refusal> {
    let heads = grid.rows.iter().take(LOOK).map(|row| row.iter().map(|h| column(h)).collect());
    let mut heads = heads
        .enumerate()
        .filter(|(_, h): &(usize, Vec<Option<_>>)| h.iter().flatten().next().is_some());
    let (head, columns) = heads.next().ok_or_else(|| Refusal::new("city-no-heading"))?;
    let filled = |row: &&Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
    let body = grid.rows.iter().enumerate().skip(head + 1).filter(|(_, row)| filled(row));
    let cells = |n: usize| {
        let named = columns.iter().enumerate().filter_map(|(x, key)| Some((x, (*key)?)));
        named.map(|(x, key)| (key.to_owned(), grid.cell(n, x).to_owned())).collect()
    };
    Ok(body.map(|(n, _)| (n + 1, cells(n))).collect())
}

fn uploaded(req: &Req) -> Result<Vec<Row>, Refusal> {
    let file = req.files.iter().find(|f| f.field == "file" && !f.bytes.is_empty());
    read(&file.ok_or_else(|| Refusal::new("file-missing"))?.bytes)
}

fn read(bytes: &[u8]) -> Result<Vec<Row>, Refusal> {
    let grids = outputs::workbook::read(bytes)?;
    let rows = rows(grids.first().ok_or_else(|| Refusal::new("city-no-heading"))?)?;
    if rows.is_empty() { Err(Refusal::new("city-no-rows")) } else { Ok(rows) }
}

/// What the rows would do to the register as it stands.
fn compare(
    req: &Req,
    c: &mut Conn,
    rows: &[Row],
) -> store::Result<(Preview, Vec<Versioned<City>>)> {
    let stored = store::city::all(c)?;
    let cities: Vec<City> = stored.iter().map(|city| city.value.clone()).collect();
    let states: Vec<String> = store::state::all(c)?.into_iter().map(|s| s.iso2).collect();
    let mut preview = preview(rows, &cities, &states, || city_edit::blank(req));
    for change in &mut preview.changes {
        change.after.origin = city_edit::origin(req);
    }
    Ok((preview, stored))
}

/// What a reader was shown: confirmed only while it is still the same.
fn digest(preview: &Preview) -> String {
    let told: Vec<_> = preview.changes.iter().map(|c| (c.row, c.new, &c.told)).collect();
    chance::hash(&json!(told).to_string())
}

fn show(req: &Req) -> Outcome {
    let rows = match uploaded(req) {
        Ok(rows) => rows,
        Err(refusal) => {
            let mut draft = Draft::default();
            draft.refuse("file", refusal);
            return Ok(page(req).again(req, &upload(req, &draft)));
        }
    };
    let (preview, _) = req.read(|c| compare(req, c, &rows))?;
    let body = told(req, &rows, &preview, false);
    Ok(if preview.unread.is_empty() {
        page(req).reply(req, &body)
    } else {
        page(req).again(req, &body)
    })
}

fn told(req: &Req, rows: &[Row], preview: &Preview, moved: bool) -> Markup {
    let t = req.t;
    let new = preview.changes.iter().filter(|c| c.new).count();
    let counts = [
        ("city-import-new", new),
        ("city-import-changed", preview.changes.len() - new),
        ("city-import-same", preview.same),
        ("city-import-unread", preview.unread.len()),
    ];
    html! {
        @if moved { section.notice.warn role="alert" { p { (t.get("city-import-moved")) } } }
        div.figures {
            @for (key, n) in counts { div.figure { strong { (n) } span { (t.get(key)) } } }
        }
        @if !preview.unread.is_empty() { (unread(t, preview)) }
        @if !preview.changes.is_empty() { (changes(t, &preview.changes)) }
        @if preview.is_ready() { (confirmation(req, rows, preview)) }
        @else if preview.unread.is_empty() { section.notice { p { (t.get("city-import-nothing")) } } }
        p { a href="/cities/import" { (t.get("city-import-other")) } }
    }
}

fn unread(t: Messages, preview: &Preview) -> Markup {
    html! {
        section.notice.error role="alert" {
            h2 { (t.get("city-import-unread-title")) }
            ul {
                @for (row, refused) in &preview.unread {
                    @for (key, refusal) in &refused.0 {
                        li {
                            (t.with("city-import-row", &[("n", (*row).into())])) " · "
                            (t.get(&format!("city-column-{key}"))) " · " (t.refusal(refusal))
                        }
                    }
                }
            }
        }
    }
}

fn changes(t: Messages, changes: &[Change]) -> Markup {
    let heads = [
        "city-import-line",
        "city-city",
        "city-import-column",
        "city-import-before",
        "city-import-after",
    ];
    let [line, city, column, before, after] = heads.map(|h| t.get(h));
    let shown = |text: &str| html! { @if text.is_empty() { "—" } @else { bdi { (text) } } };
    html! {
        table.stack {
            thead { tr { @for head in heads { th scope="col" { (t.get(head)) } } } }
            tbody {
                @for change in changes {
                    @for (key, old, new) in &change.told {
                        tr {
                            td data-label=(line) { (change.row) }
                            td data-label=(city) {
                                (super::city::name(t, &change.after))
                                @if change.new { " " span.chip.ok { (t.get("city-import-new")) } }
                            }
                            td data-label=(column) { (t.get(&format!("city-column-{key}"))) }
                            td data-label=(before) { (shown(old)) }
                            td data-label=(after) { (shown(new)) }
                        }
                    }
                }
            }
        }
    }
}

/// The button that stores exactly what is shown: it carries the rows that change something.
fn confirmation(req: &Req, rows: &[Row], preview: &Preview) -> Markup {
    let changed = |(n, _): &&Row| preview.changes.iter().any(|c| c.row == *n);
    let rows: Vec<&Row> = rows.iter().filter(changed).collect();
    html! {
        form method="post" action="/cities/import/confirm" {
            input type="hidden" name="rows" value=(json!(rows));
            input type="hidden" name="shown" value=(digest(preview));
            div.actions { button.main type="submit" { (req.t.get("city-import-confirm")) } }
        }
    }
}

/// Stores what was shown. When the register moved in between, shows what it would do now.
fn confirm(req: &Req) -> Outcome {
    let rows: Vec<Row> =
        serde_json::from_str(req.form.get("rows")).map_err(|_| Refusal::new("body-unreadable"))?;
    let moved = req.write(|c| {
        let (now, stored) = compare(req, c, &rows)?;
        if !now.is_ready() || digest(&now) != req.form.get("shown") {
            return Ok(Some(now));
        }
        for change in &now.changes {
            store_change(req, c, change, &stored)?;
        }
        Ok(None)
    })?;
    match moved {
        None => Ok(Reply::See("/cities".to_owned())),
        Some(now) => Ok(page(req).again(req, &told(req, &rows, &now, true))),
    }
}

/// Stores a file without a page in between, for the command line. Nothing is stored when a row
/// cannot be read.
pub(crate) fn take(req: &Req, bytes: &[u8]) -> Result<Preview, Fault> {
    let rows = read(bytes)?;
    req.write(|c| {
        let (preview, stored) = compare(req, c, &rows)?;
        if preview.is_ready() {
            for change in &preview.changes {
                store_change(req, c, change, &stored)?;
            }
        }
        Ok(preview)
    })
}

fn store_change(
    req: &Req,
    c: &mut Conn,
    change: &Change,
    stored: &[Versioned<City>],
) -> store::Result<()> {
    let before = stored.iter().find(|city| city.value.id == change.after.id);
    let verb = if let Some(before) = before {
        store::city::save(c, &change.after, before.version)?;
        "changed"
    } else {
        store::city::insert(c, &change.after)?;
        "added"
    };
    let event = req.event("city", change.after.id, verb, json!(change.told));
    store::event::append(c, chance::id(), &event)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let row = |r: &&[&str]| r.iter().map(|c| (*c).to_owned()).collect();
        Grid { name: String::new(), rows: rows.iter().map(row).collect(), ..Grid::default() }
    }

    #[test]
    fn headings_are_known_by_key_and_in_every_language() {
        for lang in Lang::COMPLETE {
            for key in KEYS {
                let label = Messages::of(lang).get(&format!("city-column-{key}"));
                assert_eq!(column(&label.to_uppercase()), Some(key), "{lang} {label}");
                assert_eq!(column(key), Some(key));
            }
        }
        assert_eq!(column("备注"), None);
    }

    #[test]
    fn a_title_above_and_empty_rows_between_are_passed_over() {
        let sheet = grid(&[
            &["城市名录"],
            &[],
            &["GeoNames 编号", "备注", "俄文名称"],
            &["7", "x", "Примерск"],
            &["", " "],
            &["8"],
        ]);
        let rows = rows(&sheet).unwrap();
        assert_eq!(rows.iter().map(|r| r.0).collect::<Vec<_>>(), [4, 6]);
        assert_eq!(rows[0].1["name_ru"], "Примерск");
        assert_eq!(rows[1].1["name_ru"], "");
        assert_eq!(rows[0].1.len(), 2);
        assert!(super::rows(&grid(&[&["备注"], &["x"]])).is_err());
    }
}
