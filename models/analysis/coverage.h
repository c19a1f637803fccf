// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/monitorquery.h>
#include <analysis/monitors.h>
#include <analysis/runbook.h>
#include <evidence/evidence.h>

namespace tenken
{

/// One way that an alert goes, from OK to alert.
struct Route {
    enum class From { Message, Rule, Team, Test, Routing };
    Handle handle;
    From from = From::Message;
    QString by; ///< the name of the rule or team
};

/// Keeps a monitor from telling anybody, wholly or in part.
struct Suppressor {
    enum class Kind { Draft, Silenced, Downtime, Paused, BrokenReceiver };
    Kind kind = Kind::Draft;
    bool whole = true; ///< no alert comes through, with no end in sight
    Text what; ///< "muted without end", "downtime for host:web-1 until 2026-12-01"
    QDateTime until; ///< invalid: without end, or not said
    QString file;
    Span span;
};

/// How far an alert gets. The order is that of the subtraction.
enum class Reach {
    Draft,
    Silenced, ///< muted or under a downtime without end
    Paused, ///< its Synthetics test does not run
    Broken, ///< a composite whose constituents are not there
    Nobody, ///< no receiver on alert
    Unclear, ///< a webhook, or rules that could not be read
    Someone,
};

/// What one monitor says of itself: whose it is, what it watches, where it goes, what keeps it back.
struct MonitorReading {
    const Monitor *monitor = nullptr;
    Belongs belongs = Belongs::No;
    const MonitorLink *said = nullptr; ///< a person's word on that
    std::vector<Signal> watched; ///< of a composite what its parts that alert watch
    bool highLoad = false;
    std::vector<Route> routes; ///< on alert
    bool mayGoElsewhere = false; ///< rules or teams that could send it could not be read
    std::vector<Suppressor> suppressors;
    RunbookReading runbook;
    std::vector<Text> doubts; ///< why it may not fire as its name says
    std::vector<Text> remarks; ///< worth saying, and not counted: "Datadog says: …", no priority
    QStringList missing; ///< constituents that are not in the list
    bool opaque = false; ///< what it stands on (constituents, an SLO) is not in the snapshot
    bool watchesAnother = false; ///< its query names another service
    bool environmentUnclear = false; ///< whether it watches production cannot be told
    Reach reach = Reach::Nobody;
    bool reachesSomeone = false; ///< reach is Someone: at least one receiver that people read

    std::vector<Route> slackRoutes() const;
};

/// Whether the alert does what an item wants: reach Slack.
enum class SlackAlert {
    Reaches,
    Doubtful, ///< … under a condition, muted in part, or with a doubt
    Draft,
    Silenced, ///< without end, or its test is paused
    Unclear, ///< it goes on to where cannot be seen, or what routes it could not be read
    OtherStates, ///< Slack is told on recovery or again, never first
    Elsewhere, ///< people are told, not in Slack
    Nobody,
};
SlackAlert slackAlertOf(const MonitorReading &reading);
/// Why it is doubtful: doubts, conditions, silences in part, an unclear environment.
std::vector<Text> reservationsOf(const MonitorReading &reading);

/// What a service has to be told of: an item of the checklist, or one of its declared dependencies.
struct Need {
    enum class Kind { ServerErrors, Latency, Batch, Dependency, HighLoad };
    Kind kind = Kind::ServerErrors;
    QString id; ///< "5xx", "latency", "batch", "dependency:users-db" …
    QString item; ///< "monitoring.alert-5xx"
    Text name;
    const Dependency *dependency = nullptr;
};

enum class CoverageAnswer { Covered, Partly, NotFound, NotReadable, NotNeeded };

/// Why a need is answered so, and where that stands.
struct CoverageReason {
    Text text;
    QString file;
    Span span;
    const Monitor *monitor = nullptr; ///< the one it speaks of
};

struct NeedCoverage {
    Need need;
    CoverageAnswer answer = CoverageAnswer::NotFound;
    std::vector<const MonitorReading *> evidence = {}; ///< watch it; those that tell Slack first
    std::vector<const MonitorReading *> lesser = {}; ///< watch something close to it: failed spans for 5xx
    std::vector<const MonitorReading *> near = {}; ///< may watch it; shown, not counted
    std::vector<const KubeObject *> unwatched = {}; ///< CronJobs that none of the evidence watches
    std::vector<CoverageReason> reasons = {};
};

/// "8 monitors: −1 draft, −2 silenced, −2 without a receiver → 3 reach a human on alert".
struct Subtraction {
    Reach why = Reach::Someone; ///< Someone: what is left
    Text what;
    std::vector<const MonitorReading *> monitors;
};

/// What the monitors of a service cover. Points into the evidence that it was made of.
struct Coverage {
    std::vector<std::unique_ptr<MonitorReading>> readings; ///< own monitors and candidates, in file order
    std::vector<NeedCoverage> needs;
    std::vector<Subtraction> steps; ///< own monitors only; the last is what is left
    bool readable = false; ///< there is a list of monitors
    bool complete = false; ///< … that is known to be whole

    std::vector<const MonitorReading *> own() const;
    std::vector<const MonitorReading *> candidates() const;
    const MonitorReading *of(const Monitor &monitor) const;
    const NeedCoverage *need(const QString &id) const;
};

/// What the service is called by its description and its manifests.
ServiceNames serviceNames(const Evidence &evidence);

/// The service's CronJobs; the platform's own (a Descheduler …) may lie among the same manifests.
std::vector<const KubeObject *> cronJobsOf(const Evidence &evidence);

/// Reads every monitor once; rules, page and document show the same. Pure.
Coverage coverageOf(const Evidence &evidence);

} // namespace tenken
