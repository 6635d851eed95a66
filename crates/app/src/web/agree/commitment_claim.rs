//! What is said about a commitment: an owner reports, a reviewer assesses, the owner sees it and can reply.
//! Until then nobody else reads what was assessed.

use domain::{
    DelegationId, Refusal,
    access::Action,
    clean,
    commitment::{Assessment, Claim, Commitment, Progress, REPLY_DAYS},
    edition::Edition,
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    commitment::{Board, home, own, progress},
    instrument::decides,
};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, text_fields},
        layout::Page,
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let claim = "/editions/{edition}/commitments/{commitment}/claim";
    let assess = "/editions/{edition}/commitments/{commitment}/assessment";
    let file = Gate::Participants(Action::File);
    let decide = Gate::Secretariat(Action::Decide);
    vec![
        get(claim, file, claiming),
        post(claim, file, claimed),
        get(assess, decide, assessing),
        post(assess, decide, assessed),
        post("/editions/{edition}/commitments/{commitment}/seen", file, seen),
    ]
}

fn address(edition: &Edition, one: &Commitment) -> String {
    format!("{}/{}", home(edition), one.id)
}

/// What is said, by whom; and what this reader can say.
pub fn section(req: &Req, edition: &Edition, board: &Board, one: &Commitment) -> Markup {
    let (t, mine) = (req.t, own(req, edition, one));
    let zone = edition.time_zone();
    // Owners and the office read an assessment before others do.
    let before = !mine.is_empty() || decides(req);
    let shown = one.assessed(req.now).or(one.assessment.as_ref().filter(|_| before));
    html! {
        section {
            h2 { (t.get("commitment-claimed")) }
            @if one.claims.is_empty() { p.hint { (t.get("commitment-claim-none")) } }
            @for (owner, claim) in &one.claims {
                div.said {
                    p {
                        strong { (board.name(req, *owner)) } " · "
                        span.chip { (progress(req, claim.progress)) } " · "
                        (when::moment(t.lang, &zone, claim.at))
                    }
                    p { (text::text(t, &claim.note)) }
                    @if !claim.evidence.is_empty() {
                        p.hint { (t.get("commitment-evidence")) " " bdi { (claim.evidence) } }
                    }
                }
            }
            @if !mine.is_empty() {
                p { a.button.main href={ (address(edition, one)) "/claim" } { (t.get("commitment-claim")) } }
            }
        }
        section {
            h2 { (t.get("commitment-assessed")) }
            @match shown {
                Some(assessment) => { (assessment_view(req, edition, board, one, assessment, &mine)) }
                None => p.hint { (t.get("commitment-assess-none")) },
            }
            @if decides(req) {
                p { a.button href={ (address(edition, one)) "/assessment" } { (t.get("commitment-assess")) } }
            }
        }
    }
}

fn assessment_view(
    req: &Req,
    edition: &Edition,
    board: &Board,
    one: &Commitment,
    assessment: &Assessment,
    mine: &[DelegationId],
) -> Markup {
    let (t, zone) = (req.t, edition.time_zone());
    html! {
        div.said {
            p {
                span.chip { (progress(req, assessment.progress)) } " · "
                (when::moment(t.lang, &zone, assessment.at))
            }
            p { (text::text(t, &assessment.grounds)) }
            @for (owner, seen) in assessment.seen.iter().filter(|(_, seen)| !seen.reply.is_empty()) {
                p { strong { (board.name(req, *owner)) } (Marks::of(t.lang).colon) bdi { (seen.reply) } }
            }
            @if one.assessed(req.now).is_none() {
                p.hint { (t.with("commitment-assess-before", &[("n", REPLY_DAYS.into())])) }
            }
        }
        @for owner in mine {
            form method="post" action={ (address(edition, one)) "/seen" } {
                input type="hidden" name="as" value=(owner);
                div.field {
                    label for={ "f-reply-" (owner) } { (t.get("commitment-reply")) }
                    p.hint { (t.get("commitment-reply-about")) }
                    textarea id={ "f-reply-" (owner) } name="reply" rows="3" {}
                }
                div.actions { button type="submit" { (t.get("commitment-seen")) } }
            }
        }
    }
}

fn page<'a>(req: &'a Req, one: &Commitment, title: &str) -> Result<Page<'a>, Fault> {
    let (t, edition) = (req.t, req.edition()?);
    let trail = vec![
        (home(edition), t.get("edition-nav-commitments")),
        (address(edition, one), text::words(t, &one.what)),
    ];
    Ok(Page { title: t.get(title), trail, edition: Some(edition), ..Page::default() })
}

fn choices(req: &Req) -> Vec<(String, String)> {
    Progress::ALL.iter().map(|p| (p.code().to_owned(), progress(req, *p))).collect()
}

/// The owner for whom the reader reports.
fn reporting(
    req: &Req,
    edition: &Edition,
    one: &Commitment,
    asked: &str,
) -> Result<DelegationId, Fault> {
    let mine = own(req, edition, one);
    let asked = asked.parse().ok().filter(|id| mine.contains(id));
    asked.or(mine.first().copied()).ok_or(Fault::Forbidden)
}

fn claim_form(req: &Req, board: &Board, owner: DelegationId, draft: &Draft) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        p { strong { (board.name(req, owner)) } }
        input type="hidden" name="as" value=(owner);
        (show.choice("progress", "commitment-progress", &choices(req)))
        (show.text("note", "commitment-done", true))
        (show.line("evidence", "commitment-evidence"))
    };
    show.form(&req.path, "commitment-claim-save", &fields)
}

fn claim_fields(claim: &Claim) -> Fields {
    text_fields(Fields::default(), "note", Some(&claim.note))
        .with("progress", claim.progress.code())
        .with("evidence", claim.evidence.as_str())
}

fn claiming(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let board = Board::load(req)?;
    let found = board.named(req)?;
    let owner = reporting(req, edition, &found.value, req.query.get("as"))?;
    let typed = found.value.claims.get(&owner).map(claim_fields).unwrap_or_default();
    let draft = Draft::of(typed).seeing(found.version);
    let page = page(req, &found.value, "commitment-claim")?;
    Ok(page.reply(req, &claim_form(req, &board, owner, &draft)))
}

fn claimed(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let board = Board::load(req)?;
    let found = board.named(req)?;
    let owner = reporting(req, edition, &found.value, req.form.get("as"))?;
    let mut draft = Draft::of(req.form.clone());
    let progress = draft.code::<Progress>("progress");
    let note = draft.text("note", clean::paragraph);
    let evidence = draft.read("evidence", clean::line);
    if let (Some(progress), Some(note), Some(evidence), Some(by)) =
        (progress, note, evidence, req.actor.person)
    {
        let claim = Claim { progress, note, evidence, at: req.now, by };
        let stands = found.value.claims.get(&owner);
        let moved = stands.filter(|_| draft.seen() != found.version);
        if let Some(stands) = moved {
            draft = draft.moved(claim_fields(stands), found.version);
        } else {
            change(req, &found.value, "claimed", |one| one.claim(owner, claim.clone()))?;
            return Ok(Reply::See(address(edition, &found.value)));
        }
    }
    let page = page(req, &found.value, "commitment-claim")?;
    Ok(page.again(req, &claim_form(req, &board, owner, &draft)))
}

/// Changes a commitment as it stands, with its line in the trail, or not at all.
fn change(
    req: &Req,
    one: &Commitment,
    verb: &'static str,
    done: impl Fn(&mut Commitment) -> Result<(), Refusal>,
) -> Result<(), Fault> {
    req.write(|c| {
        let mut now = store::commitment::need(c, one.id)?;
        done(&mut now.value)?;
        store::commitment::save(c, &now.value, now.version)?;
        store::event::append(c, chance::id(), &req.event("commitment", one.id, verb, json!({})))
    })
}

fn assess_form(req: &Req, draft: &Draft) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        p.hint { (req.t.with("commitment-assess-before", &[("n", REPLY_DAYS.into())])) }
        (show.choice("progress", "commitment-progress", &choices(req)))
        (show.text("grounds", "commitment-grounds", true))
    };
    show.form(&req.path, "commitment-assess-save", &fields)
}

fn assessment_fields(assessment: &Assessment) -> Fields {
    text_fields(Fields::default(), "grounds", Some(&assessment.grounds))
        .with("progress", assessment.progress.code())
}

fn assessing(req: &Req) -> Outcome {
    let board = Board::load(req)?;
    let found = board.named(req)?;
    let typed = found.value.assessment.as_ref().map(assessment_fields).unwrap_or_default();
    let draft = Draft::of(typed).seeing(found.version);
    Ok(page(req, &found.value, "commitment-assess")?.reply(req, &assess_form(req, &draft)))
}

fn assessed(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let board = Board::load(req)?;
    let found = board.named(req)?;
    let mut draft = Draft::of(req.form.clone());
    let progress = draft.code::<Progress>("progress");
    let grounds = draft.text("grounds", clean::paragraph);
    if let (Some(progress), Some(grounds), Some(by)) = (progress, grounds, req.actor.person) {
        let stands = found.value.assessment.as_ref();
        if let Some(stands) = stands.filter(|_| draft.seen() != found.version) {
            draft = draft.moved(assessment_fields(stands), found.version);
        } else {
            let at = req.now;
            let step = |one: &mut Commitment| one.assess(progress, grounds.clone(), at, by);
            match change(req, &found.value, "assessed", step) {
                Ok(()) => return Ok(Reply::See(address(edition, &found.value))),
                Err(Fault::Refused(refusal)) => draft.refuse("progress", refusal),
                Err(fault) => return Err(fault),
            }
        }
    }
    Ok(page(req, &found.value, "commitment-assess")?.again(req, &assess_form(req, &draft)))
}

fn seen(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let board = Board::load(req)?;
    let found = board.named(req)?;
    let owner = reporting(req, edition, &found.value, req.form.get("as"))?;
    let reply = clean::paragraph(req.form.get("reply"))?;
    let step = |one: &mut Commitment| one.see(owner, req.now, reply.clone());
    change(req, &found.value, "assessment-seen", step)?;
    Ok(Reply::See(address(edition, &found.value)))
}
