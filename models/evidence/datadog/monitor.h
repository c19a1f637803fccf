// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QDateTime>
#include <QJsonObject>
#include <QMap>
#include <QStringList>

#include <optional>

namespace tenken
{

/// Keeps alerts back: a mute in the monitor's own options, or a downtime.
struct Silence {
    enum class Kind { Muted, Downtime } kind = Kind::Muted;
    QString id; ///< of the downtime
    QString scope; ///< "*": every group; "host:web-1"
    QDateTime until; ///< invalid: without end
    bool recurring = false; ///< comes again: `until` is the end of this time alone
    QString file;
    Span span;

    bool everything() const { return scope.isEmpty() || scope == u"*"; }
    bool forEver() const { return !until.isValid() && !recurring; }
};

/// The bounds in its options, besides the critical one (see criticalThreshold).
struct Thresholds {
    std::optional<double> critical, criticalRecovery, warning, warningRecovery;
};

/// What happens when no data come.
struct NoData {
    bool notifies = false;
    bool resolves = false; ///< it goes to OK: a total outage looks like health
    double afterMinutes = 0; ///< 0: not said
};

/// Where the routing of a source of its own (Alertmanager's tree) sends an alert.
struct Receiver {
    QString handle; ///< as a handle in a message would be written: "@slack-shop-alerts"
    QString onlyIf; ///< "label severity is known only at run time"; empty: always
};

/// Something that alerts: a monitor of Datadog, or an alerting rule of Prometheus.
struct Monitor {
    enum class Source { Datadog, Prometheus };

    Source source = Source::Datadog;
    QString file;
    Span span; ///< of the object in the file
    QString id;
    QString name;
    QString type; ///< "query alert", …
    QString query;
    QString message;
    QStringList tags;
    QString overallState;
    int priority = 0; ///< 0 = unset
    bool draft = false;
    bool silencedForever = false;
    bool silencedPartly = false;
    std::vector<Silence> silences; ///< what makes the two above true, as far as it can be told
    Thresholds thresholds;
    NoData noData;
    QStringList qualityIssues; ///< what Datadog's own check of it says: "broken_at_handle" …
    QStringList runbookAssets; ///< URLs of assets of the category "runbook"
    QJsonObject options;
    QStringList constituents; ///< ids a composite monitor refers to
    QString testId; ///< of the Synthetics test whose monitor this is
    std::vector<Receiver> receivers; ///< by the source's own routing
    bool routingKnown = true; ///< false: the source routes by itself, and how could not be read
    QMap<QString, Span> fields; ///< where its values stand: "message", "query", "options.silenced" …

    Span placeOf(const QString &field) const { return fields.value(field, span); }
};

} // namespace tenken
