// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/person.h>
#include <rules/checklist.h>
#include <rules/evaluate.h>

#include <QDateTime>

#include <algorithm>

namespace tenken {

enum class TeamAnswer { Open, Pass, Fail, NotApplicable, NotYet };
enum class ReviewAnswer { Open, Accept, Reject, Waive, Ask };
QString toString(TeamAnswer a);       ///< "", "pass", "fail", "n/a", "not-yet"
QString toString(ReviewAnswer a);     ///< "", "accept", "reject", "waive", "ask"
std::optional<TeamAnswer> teamAnswerFromString(const QString &s);
std::optional<ReviewAnswer> reviewAnswerFromString(const QString &s);
Text label(TeamAnswer a);
Text label(ReviewAnswer a);

/// What an answer rests on, as it was when it was given: a file that the item's findings speak of, or lines of it.
struct Relied {
    QString path;
    int first = 0, last = 0;   ///< lines; 0: the file as a whole
    QByteArray file, lines;    ///< the first 32 hex digits of their SHA-256; `lines` is empty for a whole file
    friend bool operator==(const Relied &, const Relied &) = default;
};
QString toString(const Relied &r);            ///< "deploy/base/app.yaml:41-60 3f9a… c0de…", as it stands in the file
Relied reliedFromString(const QString &text); ///< one that cannot be read matches nothing: `file` is empty

template<typename Kind>
struct Answer {
    Kind answer = Kind::Open;
    QString note;
    QStringList links;
    QString by;
    QDateTime at;              ///< with zone
    QString commit = {};       ///< HEAD when it was given, where that was known
    QString asked = {};        ///< questionDigest() of what was asked
    std::vector<Relied> relied = {};
    friend bool operator==(const Answer &, const Answer &) = default;
    bool isEmpty() const { return answer == Kind::Open && note.isEmpty() && links.isEmpty(); }
    bool isNoted() const { return saysSomething(note); }
    bool isReasoned() const { return isNoted() || std::ranges::any_of(links, saysSomething); } ///< says why
};

/// What stands in the file of an item and cannot be read, so that it may say the opposite of what is known. No part of
/// what is said: it stays with the file, and goes with it.
struct Doubt {
    bool team = false, reviewer = false; ///< the answer stands there; in doubt while none has taken its place
    bool block = false;                  ///< a misspelt key, or a block that is none: until somebody mends the file
    friend bool operator==(const Doubt &, const Doubt &) { return true; }
};

/// Where an entry stands in the file it was read from; no part of what it says.
struct Place {
    Span span;
    friend bool operator==(const Place &, const Place &) { return true; }
};

/// How an entry was read; no part of what it says either.
struct AsRead {
    bool is = false;
    AsRead(bool value = false) : is(value) {}
    operator bool() const { return is; }
    friend bool operator==(const AsRead &, const AsRead &) { return true; }
};

/// An accepted risk: of a whole item, of one finding (rule, object and container), or of a parameter that the
/// service sets looser than its checklist.
struct Waiver {
    QString reason, requester, approver, control; ///< control: the compensating control
    QDate expires;
    QString link = {};
    QString rule = {}, object = {}, container = {};
    QString finding = {};                   ///< its title, in either language; empty: all of that rule and object
    QString parameter = {};
    std::optional<double> value = {};
    AsRead unclear = {};                    ///< it may be meant for something narrower: counts for nothing
    Place place = {};

    enum class Scope { Item, Finding, Parameter };
    Scope scope() const;
    bool isAbout(const Finding &finding) const;
    bool isAbout(const Loosening &loosening) const; ///< of that parameter, and not looser than `value`
    friend bool operator==(const Waiver &, const Waiver &) = default;
    bool isComplete() const; ///< nothing left out, approver ≠ requester; a control is needed for whole items only
    bool isValidOn(const QDate &day) const; ///< complete and not expired; the expiry day itself still counts
};

/// "pod-resources · Deployment/id-auth · app", "headroom ≥ 0.1"; empty for a whole item.
Text targetOf(const Waiver &waiver);

struct Action {
    QString text, owner, link;
    QDate due;
    bool done = false;
    friend bool operator==(const Action &, const Action &) = default;
};

struct ItemReview {
    QString id;
    Answer<TeamAnswer> team;
    Answer<ReviewAnswer> reviewer;
    std::vector<Waiver> waivers;
    std::vector<Action> actions;
    QString title;             ///< as the checklist says it, for people who read the file
    Doubt doubt = {};
    Place place = {};
    friend bool operator==(const ItemReview &, const ItemReview &) = default;
    bool isEmpty() const;      ///< nobody has said anything of it yet
    bool isInDoubt() const;    ///< what was said of it cannot be read for certain
};

/// readiness/review.yaml as values. Every item of the checklist has its block, in checklist order.
struct Review {
    QString serviceId, checklistId, checklistVersion;
    std::vector<ItemReview> items;
    std::vector<MonitorLink> monitors; ///< which monitors are the service's, as people said; by id
    QString stage = {};                ///< the roll-out stage that is applied for; empty: the last

    const ItemReview *item(const QString &id) const;
    ItemReview *item(const QString &id);
    friend bool operator==(const Review &, const Review &) = default;
};

/// Adds missing blocks and sorts them in checklist order; blocks of unknown items stay at the end.
void alignWith(Review &review, const Checklist &checklist);

/// Whether what machine, team and reviewer say contradicts: a reason to talk about the item first.
bool isDisagreement(const ItemResult &result, const ItemReview &review);

} // namespace tenken
