// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/canary.h>
#include <analysis/capacity.h>
#include <analysis/knee.h>
#include <analysis/metricseries.h>
#include <analysis/nodepacking.h>
#include <analysis/podtimeline.h>
#include <analysis/rollout.h>
#include <analysis/scaling.h>
#include <analysis/timeoutpath.h>
#include <evidence/evidence.h>
#include <rules/verdict.h>

#include <QDate>

#include <memory>
#include <variant>

namespace tenken {

/// A measured and a wanted value on one scale, for the bar beside a finding.
struct Comparison {
    enum class Relation { AtLeast, AtMost, MoreThan, LessThan, Equal };
    double measured = 0;
    double wanted = 0;
    Relation relation = Relation::AtLeast;
    QString unit;              ///< "s", "Pod", "req/s", "%", "ms"; empty: a plain number
};

/// The load test behind a finding, with what was found in it.
struct LoadTestPicture {
    QString id;
    std::shared_ptr<const LoadTestRun> run;
    std::vector<LoadStep> steps;
    Knee knee;
    int pods = 1;
    std::optional<double> declaredPerPod;
    std::optional<double> targetMs;
    QString targetPercentile;
};

/// A stretch of time that is marked in a chart: a load test.
struct TimeWindow {
    double from = 0, to = 0;   ///< epoch seconds
    QString name;
};

struct SeriesPicture {
    Text title;
    std::vector<MetricSeries> series;
    std::optional<double> threshold;
    std::vector<SeriesThreshold> thresholds = {}; ///< of monitors, each on one of the series
    std::vector<TimeWindow> windows = {};
    QString timeZone = {};     ///< "Asia/Tokyo"; empty: this machine's
    Text instead = {};         ///< why there is nothing to draw: "not readable: 403"
};

struct MessagePicture { ///< a monitor's message as it reads on alert
    Monitor monitor;
    QString onAlert;
};

struct DocumentPicture { ///< a guide, to be shown at a heading
    Document document;
    std::vector<Text> missing; ///< headings wanted and not found
    QString anchor;
};

/// What shows a finding best, beside the marked source lines.
using Picture = std::variant<std::monostate, Timeline, Rollout, ZoneLoss, NodePacking, LoadTestPicture, CapacityPlan, Scaling,
                             SeriesPicture, MessagePicture, DocumentPicture, TimeoutPath, CanaryPlan>;

/// A line that contributes to a finding without being its place: "+20 s".
struct SourceMark {
    QString file;
    Span span;
    Text note;
};

/// Who accepted the risk of a finding or of a loosened parameter, why, and until when (see review/waived.h).
struct Acceptance {
    QString reason, approver;
    QDate expires;
    friend bool operator==(const Acceptance &, const Acceptance &) = default;
};

/// One verdict of one rule on one object.
struct Finding {
    QString rule;
    Verdict verdict = Verdict::Unknown;
    Text title;                ///< what was looked at, a noun: "猶予は停止の合計以上"
    QString object;            ///< "Deployment/shop/id-auth"; empty where there is none
    QString container;
    QString file;              ///< relative path; empty where there is no file
    Span span;
    Text measured;             ///< "30 s"
    Text wanted;               ///< "≥ 45 s"
    std::optional<Comparison> comparison;
    Text reason;               ///< one sentence why
    Text remedy;               ///< how to mend it; for unknown: which evidence is missing and how to supply it
    QString snippet;           ///< YAML to paste, where the answer is YAML
    std::vector<SourceMark> marks;
    std::shared_ptr<const Picture> picture;
    QDate holdsUntil = {};     ///< the last day on which a pass or a warning stands: a record grows too old
    std::optional<Acceptance> waived; ///< shown, but it does not count in the item's verdict
};

} // namespace tenken
