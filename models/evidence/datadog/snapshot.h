// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/catalogue.h>
#include <evidence/datadog/downtime.h>
#include <evidence/datadog/monitor.h>
#include <evidence/datadog/series.h>
#include <evidence/datadog/slo.h>
#include <evidence/datadog/team.h>
#include <evidence/files.h>

namespace tenken
{

/// Receivers of a rule that are told under a condition other than the transition.
struct ConditionalReceivers {
    QString condition; ///< "priority:p1"
    QStringList receivers;
};

/// Sends alerts of monitors with these tags to receivers, without any @ in the message.
struct NotificationRule {
    QString name;
    QStringList tags; ///< a monitor needs all of them
    QStringList onAlert; ///< "slack-foo": receivers of the alert transition
    bool understood = true; ///< false: its filter says nothing that can be evaluated
    QString scope = {}; ///< an expression over the tags, beside or in place of them: "env:prod AND NOT team:a"
    std::vector<ConditionalReceivers> onlyIf = {}; ///< "slack-foo" where "priority:p1"
};

/// What a widget asks for, as a query of the monitors' language: what is asked of APM or as a search too.
struct DashboardWidget {
    QString title;
    QString type; ///< "timeseries", "servicemap" …
    Span span;
    QStringList queries; ///< template variables replaced by their defaults
    bool promQl = false; ///< they are expressions of Prometheus
};

struct Dashboard {
    QString file;
    Span span;
    QString id; ///< "abc-def-ghi"
    QString title;
    std::vector<DashboardWidget> widgets; ///< groups opened
};

/// What an answer has to be: "statusCode" "is" "200".
struct SyntheticsAssertion {
    QString type, operation, target;
};

/// One request of a test; a test of several steps has several.
struct SyntheticsRequest {
    QString target; ///< the URL or host that it asks
    QString subtype; ///< "http", "dns", "ssl" …; empty where it is not said
    std::optional<std::vector<SyntheticsAssertion>> assertions; ///< nothing: not said
};

struct SyntheticsTest {
    QString file;
    Span span;
    QString id;
    QString name;
    QString type; ///< "api", "browser" …
    bool live = false;
    QString message;
    std::vector<SyntheticsRequest> requests; ///< those that have a target
    double everySeconds = 0; ///< 0: not said
    QStringList tags;
    QStringList locations; ///< "aws:ap-northeast-1", "pl:…" for private ones
    QString monitorId;
};

/// Who calls whom, as traces show it.
struct ServiceCalls {
    QString file;
    QString environment; ///< that it was asked for; empty: not said
    QMap<QString, QStringList> calls;
};

/// The services that traces were received of.
struct ApmServices {
    QString file;
    QString environment; ///< that it was asked for; empty: not said
    QStringList names;
};

/// An answer that could be one of several, until a person says which (see snapshotedit.h).
struct AmbiguousFile {
    QString file;
    QStringList candidates; ///< kinds as the index writes them: "monitors", "downtimes", "timeseries" …
    bool needsQuery = false; ///< of a series neither query nor window is known
};

/// readiness/datadog: an optional index (snapshot.json) and the API's bodies unmodified.
struct DatadogSnapshot {
    QString folder;
    QString indexFolder; ///< where snapshot.json stands, or would stand
    QDateTime captured; ///< from the index; invalid for loose files (their time is unknown)
    QString timeZone; ///< of the window that was asked for: "Asia/Tokyo"; empty: not said
    std::vector<MetricSeries> series;
    std::vector<Monitor> monitors; ///< of every source
    bool monitorsComplete = false; ///< every page of the list is there; else "no such monitor" is unknown
    std::vector<Problem> notReadable; ///< answers that were errors (403 …), with the endpoint
    bool exists = false;
    bool monitorsNotReadable = false; ///< asked for, and answered with an error
    std::vector<NotificationRule> notificationRules;
    std::vector<Dashboard> dashboards;
    std::vector<SyntheticsTest> synthetics;
    std::vector<ServiceCalls> serviceCalls;
    std::vector<ApmServices> apmServices;
    std::vector<Slo> slos;
    std::vector<SloHistory> sloHistories;
    std::vector<Downtime> downtimes;
    std::vector<CatalogueEntry> catalogue;
    std::vector<CatalogueRelation> relations;
    std::vector<Team> teams;
    std::vector<TeamRule> teamRules;
    std::vector<OnCall> onCall;
    std::vector<AmbiguousFile> ambiguous; ///< read by nobody until somebody chose
    bool slosNotReadable = false;
    bool downtimesNotReadable = false;
    bool notificationRulesNotReadable = false;
    std::vector<Problem> remarks; ///< nothing was lost, yet worth saying: changed since capture, not used …
};

Partial<DatadogSnapshot> readDatadogSnapshot(const Root &root, const QString &folder,
                                             std::vector<SourceFile> *sources);

/// Names of the files that would be read, without reading them: an index may lead to more.
QStringList datadogFiles(const Root &root, const QString &folder);

} // namespace tenken
