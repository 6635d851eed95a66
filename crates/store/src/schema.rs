//! The tables as Diesel sees them; `migrations` is the truth, and the story tests compare.

mod agree;

pub(crate) use agree::*;

diesel::table! {
    city (id) {
        id -> Text,
        geonames -> Nullable<BigInt>,
        iso2 -> Nullable<Text>,
        search -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    state (id) {
        id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    offering (id) {
        id -> Text,
        city_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    tie (id) {
        id -> Text,
        a_id -> Text,
        b_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    body (id) {
        id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    series (id) {
        id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    edition (id) {
        id -> Text,
        series_id -> Text,
        host_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    delegation (id) {
        id -> Text,
        edition_id -> Text,
        city_id -> Nullable<Text>,
        body_id -> Nullable<Text>,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    delegate (id) {
        id -> Text,
        delegation_id -> Text,
        purge_on -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    topic (id) {
        id -> Text,
        edition_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    topic_support (topic_id, delegation_id) {
        topic_id -> Text,
        delegation_id -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    invitation (id) {
        id -> Text,
        edition_id -> Text,
        delegation_id -> Text,
        number -> Integer,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    meeting (id) {
        id -> Text,
        edition_id -> Text,
        from_id -> Text,
        to_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    venue (id) {
        id -> Text,
        edition_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    hall (id) {
        id -> Text,
        edition_id -> Text,
        venue_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    session (id) {
        id -> Text,
        edition_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    pin (edition_id, activity) {
        edition_id -> Text,
        activity -> Text,
        doc -> Text,
    }
}

diesel::table! {
    plan (id) {
        id -> Text,
        edition_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    release (id) {
        id -> Text,
        edition_id -> Text,
        number -> Integer,
        at -> BigInt,
        note -> Text,
        doc -> Text,
    }
}

diesel::table! {
    person (id) {
        id -> Text,
        email -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    access_grant (id) {
        id -> Text,
        person_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    login (token_hash) {
        token_hash -> Text,
        person_id -> Text,
        until -> BigInt,
    }
}

diesel::table! {
    token (token_hash) {
        token_hash -> Text,
        purpose -> Text,
        subject -> Text,
        until -> BigInt,
        used -> Nullable<BigInt>,
    }
}

diesel::table! {
    login_code (person_id) {
        person_id -> Text,
        code_hash -> Text,
        until -> BigInt,
        tries -> Integer,
    }
}

diesel::table! {
    event (id) {
        id -> Text,
        at -> BigInt,
        person_id -> Nullable<Text>,
        edition_id -> Nullable<Text>,
        noun -> Text,
        object -> Text,
        verb -> Text,
        detail -> Text,
    }
}

diesel::table! {
    mail (id) {
        id -> Text,
        person_id -> Nullable<Text>,
        recipient -> Text,
        subject -> Text,
        body -> Text,
        lang -> Text,
        state -> Text,
        tries -> Integer,
        due -> BigInt,
        lease_until -> BigInt,
    }
}

diesel::table! {
    job (id) {
        id -> Text,
        kind -> Text,
        edition_id -> Text,
        state -> Text,
        wish -> Text,
        detail -> Text,
        progress -> Text,
        tries -> Integer,
        lease_until -> BigInt,
        at -> BigInt,
    }
}

diesel::table! {
    leaf (id) {
        id -> Text,
        number -> Nullable<BigInt>,
        hash -> Text,
        kind -> Nullable<Text>,
        object -> Nullable<Text>,
        edition_id -> Nullable<Text>,
        readers -> Text,
        salt -> Nullable<Text>,
        manifest -> Nullable<Text>,
        at -> BigInt,
    }
}

diesel::table! {
    leaf_document (leaf_id, lang, format) {
        leaf_id -> Text,
        lang -> Text,
        format -> Text,
        body -> Text,
    }
}

diesel::table! {
    evidence (id) {
        id -> Text,
        leaf_id -> Text,
        doc -> Text,
        body -> Text,
    }
}

diesel::table! {
    tile (level, place) {
        level -> Integer,
        place -> BigInt,
        hashes -> Text,
    }
}

diesel::table! {
    checkpoint (size) {
        size -> BigInt,
        at -> BigInt,
        note -> Text,
    }
}

diesel::table! {
    cosignature (size, signer) {
        size -> BigInt,
        signer -> Text,
        line -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    log (id) {
        id -> Text,
        version -> Integer,
        holder -> Text,
        lease_until -> BigInt,
        doc -> Text,
    }
}

diesel::table! {
    interpreter (id) {
        id -> Text,
        edition_id -> Text,
        purge_on -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    interpretation (id) {
        id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::joinable!(access_grant -> person (person_id));
diesel::joinable!(delegate -> delegation (delegation_id));
diesel::joinable!(login -> person (person_id));
diesel::joinable!(stance -> statement (statement_id));
diesel::joinable!(topic_support -> topic (topic_id));

diesel::allow_tables_to_appear_in_same_query! {
    city, state, offering, tie, body, series, edition, delegation, delegate, topic,
    topic_support, invitation, meeting, venue, hall, session, pin, plan, release, person,
    access_grant, login, token, login_code, event, mail, job, dossier, deed, amendment,
    glossary, memory, correction, leaf, leaf_document, evidence, tile, checkpoint, cosignature,
    log, sitting, statement, stance, interpreter, interpretation, instrument, paper, paper_part,
    commitment, text_import, text_import_row, support_group,
}
