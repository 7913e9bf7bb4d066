//! The tables as diesel sees them; the migrations are their source.

diesel::table! {
    versions (id) {
        id -> BigInt,
        number -> Text,
        sources -> Text,
        note -> Text,
        published_at -> Timestamp,
        published_by -> Nullable<BigInt>,
        transition -> Text,
        effect -> Nullable<Text>,
    }
}

diesel::table! {
    units (id) {
        id -> BigInt,
        external_id -> Text,
        name -> Text,
        sort_key -> Text,
        parent_id -> Nullable<BigInt>,
        ended_on -> Nullable<Date>,
    }
}

diesel::table! {
    unit_revision (id) {
        id -> BigInt,
        revision -> BigInt,
    }
}

diesel::table! {
    people (id) {
        id -> BigInt,
        external_id -> Text,
        name -> Text,
        sort_key -> Text,
        search_key -> Text,
        email -> Text,
        email_key -> Text,
        language -> Text,
        unit_id -> Nullable<BigInt>,
        title_text -> Text,
        title_code -> Text,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        disabled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    unit_managers (unit_id, person_id) {
        unit_id -> BigInt,
        person_id -> BigInt,
    }
}

diesel::table! {
    hats (person_id, hat) {
        person_id -> BigInt,
        hat -> Text,
        given_at -> Timestamp,
        given_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    editions (id) {
        id -> BigInt,
        programme -> Text,
        name -> Text,
        starts_on -> Date,
        ends_on -> Date,
        version_id -> BigInt,
        created_at -> Timestamp,
        created_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    milestones (edition_id, code) {
        edition_id -> BigInt,
        code -> Text,
        day -> Date,
    }
}

diesel::table! {
    assignments (id) {
        id -> BigInt,
        person_id -> BigInt,
        kind -> Text,
        code -> Text,
        from_day -> Date,
        to_day -> Nullable<Date>,
        source -> Text,
        edition_id -> Nullable<BigInt>,
        created_at -> Timestamp,
        created_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    enrolments (id) {
        id -> BigInt,
        edition_id -> BigInt,
        person_id -> BigInt,
        role -> Text,
        assignment_id -> BigInt,
        enrolled_at -> Timestamp,
        ended_on -> Nullable<Date>,
        presented_on -> Nullable<Date>,
    }
}

diesel::table! {
    occasions (id) {
        id -> BigInt,
        edition_id -> Nullable<BigInt>,
        meeting -> Nullable<Text>,
        module -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        place -> Text,
        uid -> Text,
        sequence -> Integer,
        cancelled_at -> Nullable<Timestamp>,
        seats -> Nullable<Integer>,
        minimum -> Integer,
        closes_at -> Nullable<Timestamp>,
        link -> Text,
        booking_revision -> BigInt,
        language -> Text,
        kept_unit -> Nullable<BigInt>,
        kept_role -> Nullable<Text>,
        opened_by -> Nullable<BigInt>,
        told_short_at -> Nullable<Timestamp>,
        runs_anyway_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    occasion_trainers (id) {
        id -> BigInt,
        occasion_id -> BigInt,
        person_id -> Nullable<BigInt>,
        name -> Text,
    }
}

diesel::table! {
    occasion_materials (id) {
        id -> BigInt,
        occasion_id -> BigInt,
        phase -> Text,
        title -> Text,
        link -> Text,
        body -> Text,
        added_at -> Timestamp,
        added_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    seat_rules (id) {
        id -> BigInt,
        offer_hours -> Integer,
        late_hours -> Integer,
        no_shows -> Nullable<Integer>,
        decided_at -> Timestamp,
        decided_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    days_off (id) {
        id -> BigInt,
        from_day -> Date,
        to_day -> Date,
        name -> Text,
    }
}

diesel::table! {
    absences (id) {
        id -> BigInt,
        person_id -> BigInt,
        from_day -> Date,
        to_day -> Date,
    }
}

diesel::table! {
    occasion_parts (id) {
        id -> BigInt,
        occasion_id -> BigInt,
        no -> Integer,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        place -> Text,
        link -> Text,
        uid -> Text,
        sequence -> Integer,
        reckoned -> Bool,
    }
}

diesel::table! {
    bookings (id) {
        id -> BigInt,
        occasion_id -> BigInt,
        person_id -> BigInt,
        state -> Text,
        changed_at -> Timestamp,
        changed_by -> Nullable<BigInt>,
        asked_at -> Nullable<Timestamp>,
        due -> Nullable<Date>,
        offered_until -> Nullable<Timestamp>,
        booked_for -> Nullable<Timestamp>,
    }
}

diesel::table! {
    booking_log (id) {
        id -> BigInt,
        occasion_id -> BigInt,
        person_id -> BigInt,
        state -> Text,
        cause -> Text,
        reason -> Text,
        at -> Timestamp,
        by_id -> Nullable<BigInt>,
        starts_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    part_marks (id) {
        id -> BigInt,
        mark_key -> Text,
        occasion_id -> BigInt,
        part_id -> BigInt,
        person_id -> BigInt,
        state -> Text,
        source -> Text,
        reason -> Text,
        marked_at -> Timestamp,
        recorded_at -> Timestamp,
        by_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    door_codes (secret) {
        secret -> Text,
        occasion_id -> BigInt,
        part_id -> BigInt,
        made_at -> Timestamp,
        made_by -> Nullable<BigInt>,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    self_ratings (id) {
        id -> BigInt,
        person_id -> BigInt,
        module -> Text,
        moment -> Text,
        outcome -> Text,
        rating -> Integer,
        at -> Timestamp,
    }
}

diesel::table! {
    assessments (id) {
        id -> BigInt,
        person_id -> BigInt,
        module -> Text,
        state -> Text,
        attended -> Bool,
        revision -> Integer,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    assessment_steps (id) {
        id -> BigInt,
        assessment_id -> BigInt,
        round -> Integer,
        step -> Text,
        text -> Text,
        evidence_id -> Nullable<BigInt>,
        points -> Nullable<Integer>,
        of_points -> Nullable<Integer>,
        pass_percent -> Nullable<Integer>,
        takes_back_id -> Nullable<BigInt>,
        at -> Timestamp,
        by_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    achievements (id) {
        id -> BigInt,
        person_id -> BigInt,
        module -> Text,
        day -> Date,
        valid_until -> Nullable<Date>,
        evidence -> Text,
        occasion_id -> Nullable<BigInt>,
        recorded_at -> Timestamp,
        recorded_by -> Nullable<BigInt>,
        revokes_id -> Nullable<BigInt>,
        counts -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        kind -> Text,
        person_id -> Nullable<BigInt>,
        name -> Text,
        email -> Text,
        language -> Text,
        payload -> Text,
        dedupe_key -> Text,
        due_day -> Nullable<Date>,
        state -> Text,
        created_at -> Timestamp,
        not_before -> Timestamp,
        attempts -> Integer,
        leased_by -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
        answer -> Text,
    }
}

diesel::table! {
    sign_in_links (token_hash) {
        token_hash -> Text,
        person_id -> BigInt,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        next -> Text,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        person_id -> BigInt,
        csrf -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> BigInt,
        token_hash -> Text,
        name -> Text,
        person_id -> BigInt,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    audit (id) {
        id -> BigInt,
        at -> Timestamp,
        actor_id -> Nullable<BigInt>,
        action -> Text,
        object_kind -> Text,
        object_id -> Nullable<BigInt>,
        detail -> Text,
    }
}

diesel::table! {
    draft_approvals (draft_id, revision, person_id) {
        draft_id -> BigInt,
        revision -> BigInt,
        person_id -> BigInt,
        at -> Timestamp,
    }
}

diesel::table! {
    journal (id) {
        id -> BigInt,
        person_id -> BigInt,
    }
}

diesel::table! {
    drafts (id) {
        id -> BigInt,
        name -> Text,
        base_id -> BigInt,
        sources -> Text,
        revision -> BigInt,
        created_at -> Timestamp,
        created_by -> Nullable<BigInt>,
        changed_at -> Timestamp,
        changed_by -> Nullable<BigInt>,
        ended_at -> Nullable<Timestamp>,
        published_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    draft_changes (id) {
        id -> BigInt,
        draft_id -> BigInt,
        revision -> BigInt,
        kind -> Text,
        of_revision -> Nullable<BigInt>,
        edits -> Text,
        at -> Timestamp,
        by_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    group_plans (id) {
        id -> BigInt,
        asked_by -> BigInt,
        whom -> Text,
        days_a_week -> Nullable<Integer>,
        asked_at -> Timestamp,
        heard_at -> Timestamp,
        steps_done -> BigInt,
        steps_all -> BigInt,
        answer -> Nullable<Text>,
        failed -> Nullable<Text>,
    }
}

diesel::table! {
    publications (id) {
        id -> BigInt,
        draft_id -> BigInt,
        revision -> BigInt,
        form -> Text,
        begun_at -> Timestamp,
        heard_at -> Timestamp,
        people_done -> BigInt,
        people_all -> BigInt,
        letters -> Nullable<BigInt>,
        failed -> Nullable<Text>,
    }
}

diesel::table! {
    recognitions (id) {
        id -> BigInt,
        person_id -> BigInt,
        asked_by -> BigInt,
        module -> Text,
        day -> Date,
        course -> Text,
        motivation -> Text,
        state -> Text,
        revision -> BigInt,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        achievement_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    recognition_log (id) {
        id -> BigInt,
        recognition_id -> BigInt,
        state -> Text,
        comment -> Text,
        at -> Timestamp,
        by_id -> BigInt,
    }
}

diesel::table! {
    recognition_delegates (id) {
        id -> BigInt,
        person_id -> BigInt,
        kind -> Text,
        code -> Text,
        from_day -> Date,
        to_day -> Date,
        named_at -> Timestamp,
        named_by -> BigInt,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    evidence (id) {
        id -> BigInt,
        person_id -> BigInt,
        module -> Text,
        text -> Text,
        link -> Text,
        added_by -> BigInt,
        revision -> BigInt,
        added_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    evidence_files (id) {
        id -> BigInt,
        evidence_id -> BigInt,
        name -> Text,
        kind -> Text,
        size -> BigInt,
        added_at -> Timestamp,
        bytes -> Binary,
    }
}

diesel::table! {
    attests (id) {
        id -> BigInt,
        evidence_id -> BigInt,
        asked_id -> BigInt,
        state -> Text,
        comment -> Text,
        asked_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    wanted_days (person_id, module) {
        person_id -> BigInt,
        module -> Text,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    calendar_links (person_id) {
        person_id -> BigInt,
        secret_hash -> Text,
        made_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    diplomas (id) {
        id -> BigInt,
        code -> Text,
        person_id -> BigInt,
        kind -> Text,
        subject_id -> Nullable<BigInt>,
        content -> Text,
        made_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    notes (id) {
        id -> BigInt,
        person_id -> BigInt,
        module -> Text,
        occasion_id -> Nullable<BigInt>,
        day -> Date,
        body -> Text,
        revision -> BigInt,
        changed_at -> Timestamp,
    }
}

diesel::joinable!(people -> units (unit_id));
diesel::joinable!(unit_managers -> units (unit_id));
diesel::joinable!(unit_managers -> people (person_id));
diesel::joinable!(hats -> people (person_id));
diesel::joinable!(seat_rules -> people (decided_by));
diesel::joinable!(editions -> versions (version_id));
diesel::joinable!(editions -> people (created_by));
diesel::joinable!(milestones -> editions (edition_id));
diesel::joinable!(assignments -> people (person_id));
diesel::joinable!(assignments -> editions (edition_id));
diesel::joinable!(enrolments -> editions (edition_id));
diesel::joinable!(enrolments -> people (person_id));
diesel::joinable!(enrolments -> assignments (assignment_id));
diesel::joinable!(occasions -> editions (edition_id));
diesel::joinable!(absences -> people (person_id));
diesel::joinable!(occasion_parts -> occasions (occasion_id));
diesel::joinable!(occasion_trainers -> occasions (occasion_id));
diesel::joinable!(occasion_trainers -> people (person_id));
diesel::joinable!(occasion_materials -> occasions (occasion_id));
diesel::joinable!(bookings -> occasions (occasion_id));
diesel::joinable!(bookings -> people (person_id));
diesel::joinable!(booking_log -> occasions (occasion_id));
diesel::joinable!(part_marks -> occasions (occasion_id));
diesel::joinable!(door_codes -> occasions (occasion_id));
diesel::joinable!(assessments -> people (person_id));
diesel::joinable!(assessment_steps -> assessments (assessment_id));
diesel::joinable!(achievements -> people (person_id));
diesel::joinable!(achievements -> occasions (occasion_id));
diesel::joinable!(recognition_log -> recognitions (recognition_id));
diesel::joinable!(recognition_log -> people (by_id));
diesel::joinable!(recognitions -> people (person_id));
diesel::joinable!(recognition_delegates -> people (person_id));
diesel::joinable!(evidence -> people (person_id));
diesel::joinable!(evidence_files -> evidence (evidence_id));
diesel::joinable!(attests -> evidence (evidence_id));
diesel::joinable!(attests -> people (asked_id));
diesel::joinable!(outbox -> people (person_id));
diesel::joinable!(sign_in_links -> people (person_id));
diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(api_tokens -> people (person_id));
diesel::joinable!(audit -> people (actor_id));
diesel::joinable!(draft_changes -> drafts (draft_id));
diesel::joinable!(draft_changes -> people (by_id));

diesel::joinable!(draft_approvals -> people (person_id));
diesel::joinable!(wanted_days -> people (person_id));
diesel::joinable!(calendar_links -> people (person_id));
diesel::joinable!(diplomas -> people (person_id));
diesel::joinable!(notes -> people (person_id));

diesel::allow_tables_to_appear_in_same_query!(
    draft_approvals,
    publications,
    group_plans,
    versions,
    units,
    unit_revision,
    people,
    unit_managers,
    hats,
    editions,
    milestones,
    assignments,
    enrolments,
    occasions,
    absences,
    occasion_parts,
    occasion_trainers,
    occasion_materials,
    days_off,
    seat_rules,
    bookings,
    booking_log,
    part_marks,
    door_codes,
    self_ratings,
    assessments,
    assessment_steps,
    achievements,
    attests,
    evidence,
    evidence_files,
    recognition_delegates,
    recognition_log,
    recognitions,
    outbox,
    sign_in_links,
    sessions,
    api_tokens,
    audit,
    drafts,
    draft_changes,
    wanted_days,
    calendar_links,
    diplomas,
    notes,
);
