// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results.h"
#include "app/ruletext.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

namespace tenken::app {

namespace {

const QString baseId = QStringLiteral("SRCROOT");

QJsonObject message(const QString &text)
{
    return {{"text", maskSecrets(text)}};
}

QJsonObject regionOf(const Span &span)
{
    QJsonObject region{{"startLine", span.line}};
    if (span.column > 0)
        region.insert(QStringLiteral("startColumn"), span.column);
    if (span.endLine >= span.line) {
        region.insert(QStringLiteral("endLine"), span.endLine);
        if (span.endColumn > 0 && (span.endLine > span.line || span.endColumn >= span.column))
            region.insert(QStringLiteral("endColumn"), span.endColumn);
    }
    return region;
}

/// SARIF's words for a verdict; "open": there was not enough information to decide.
const char *kindFor(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Pass:
        return "pass";
    case Verdict::Unknown:
        return "open";
    case Verdict::NotApplicable:
        return "notApplicable";
    case Verdict::Fail:
    case Verdict::Warn:
        break;
    }
    return "fail";
}

class Report
{
public:
    Report(const Judged &judged, const ReportOptions &options) : m_judged(judged), m_options(options), m_places(judged) { }

    QByteArray json()
    {
        addRules();
        for (const Reported &r : reported(m_judged, m_options))
            add(r);
        for (const Problem &p : m_judged.evidence.unreadable)
            notify(p, "error");
        for (const Problem &p : m_judged.evidence.warnings)
            notify(p, "warning");
        const QJsonObject log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                              {"version", "2.1.0"},
                              {"runs", QJsonArray{run()}}};
        return QJsonDocument(log).toJson();
    }

private:
    QJsonObject run() const
    {
        const QJsonObject driver{{"name", "Tenken"},
                                 {"version", QCoreApplication::applicationVersion()},
                                 {"semanticVersion", QCoreApplication::applicationVersion()},
                                 {"rules", m_rules}};
        const QJsonObject root{{"description", message(QStringLiteral("The top folder of the repository"))}};
        // Judging went well also where files could not be read: those are named, and their items unknown.
        const QJsonObject invocation{{"executionSuccessful", true}, {"toolExecutionNotifications", m_notifications}};
        return {{"tool", QJsonObject{{"driver", driver}}},
                {"language", m_options.lang == Lang::Ja ? "ja" : "en"},
                {"columnKind", "unicodeCodePoints"},
                {"originalUriBaseIds", QJsonObject{{baseId, root}}},
                {"invocations", QJsonArray{invocation}},
                {"results", m_results},
                {"properties", QJsonObject{{"checklist", m_judged.checklist.name()},
                                           {"decision", toString(m_judged.outcome.decision)}}}};
    }

    void addRules()
    {
        for (const Section &section : m_judged.checklist.sections) {
            for (const Item &item : section.items) {
                for (const RuleUse &use : item.rules)
                    addRule(use.rule);
            }
        }
    }

    int addRule(const QString &name)
    {
        if (const auto known = m_indices.constFind(name); known != m_indices.cend())
            return *known;
        const RuleText text = ruleText(name, m_judged.checklist, m_options.lang);
        m_rules.append(QJsonObject{
            {"id", name},
            {"shortDescription", message(text.summary)},
            {"fullDescription", message(text.documentation.isEmpty() ? text.summary : text.documentation)},
            {"help", QJsonObject{{"text", maskSecrets(text.plain)}, {"markdown", maskSecrets(text.markdown)}}},
            {"properties", QJsonObject{{"tags", QJsonArray{"production-readiness", "kubernetes"}}}},
        });
        m_indices.insert(name, int(m_indices.size()));
        return int(m_indices.size()) - 1;
    }

    QJsonObject artifact(const QString &file) const
    {
        return {{"uri", QString::fromLatin1(QUrl::toPercentEncoding(m_places.path(file), "/"))}, {"uriBaseId", baseId}};
    }

    QJsonObject physical(const QString &file, const Span &span) const
    {
        QJsonObject place{{"artifactLocation", artifact(file)}};
        if (span.isValid())
            place.insert(QStringLiteral("region"), regionOf(span));
        return place;
    }

    /// Without a file: the service's description, which is where what is missing is declared.
    QJsonObject locationOf(const Finding &f) const
    {
        QJsonObject location;
        if (const QString file = f.file.isEmpty() ? m_judged.evidence.service.file : f.file; !file.isEmpty())
            location.insert(QStringLiteral("physicalLocation"), physical(file, f.file.isEmpty() ? Span() : f.span));
        if (!f.object.isEmpty()) {
            const QString name = f.container.isEmpty() ? f.object : f.object + u'/' + f.container;
            location.insert(QStringLiteral("logicalLocations"),
                            QJsonArray{QJsonObject{{"fullyQualifiedName", maskSecrets(name)}, {"kind", "object"}}});
        }
        return location;
    }

    QJsonArray relatedOf(const Finding &f) const
    {
        QJsonArray related;
        for (const SourceMark &mark : f.marks) {
            if (!mark.file.isEmpty()) {
                related.append(QJsonObject{{"id", int(related.size()) + 1},
                                           {"physicalLocation", physical(mark.file, mark.span)},
                                           {"message", message(mark.note.in(m_options.lang))}});
            }
        }
        return related;
    }

    /// The same finding after lines moved or a value changed: of what, on what, how many-th; never the line.
    QString fingerprint(const Reported &r)
    {
        const Finding &f = *r.finding;
        const QString key = QStringList{f.rule, r.standing->item->id, m_places.path(f.file), f.object, f.container, f.title.en}
                                .join(QChar(0x1f));
        const QString counted = key + QChar(0x1f) + QString::number(m_seen[key]++);
        return QString::fromLatin1(QCryptographicHash::hash(counted.toUtf8(), QCryptographicHash::Sha256).toHex().first(32));
    }

    void add(const Reported &r)
    {
        const Finding &f = *r.finding;
        const QString text = messageOf(f, m_options.lang);
        const QJsonObject location = locationOf(f);
        if (!location.contains(QStringLiteral("physicalLocation"))) {
            // Code hosts refuse a result without a file.
            m_notifications.append(QJsonObject{{"level", "note"}, {"message", message(text)},
                                               {"associatedRule", QJsonObject{{"id", f.rule}, {"index", addRule(f.rule)}}}});
            return;
        }
        const QString kind = QLatin1StringView(kindFor(f.verdict));
        QJsonObject result{{"ruleId", f.rule},
                           {"ruleIndex", addRule(f.rule)},
                           {"kind", kind},
                           {"level", kind == u"fail" ? wordOf(severityOf(r), "note") : "none"}, // the standard's rule
                           {"message", message(text)},
                           {"locations", QJsonArray{location}},
                           {"partialFingerprints", QJsonObject{{"tenkenFinding/v1", fingerprint(r)}}},
                           {"properties", QJsonObject{{"item", r.standing->item->id}, {"verdict", toString(f.verdict)}}}};
        if (const QJsonArray related = relatedOf(f); !related.isEmpty())
            result.insert(QStringLiteral("relatedLocations"), related);
        if (r.isWaived())
            result.insert(QStringLiteral("suppressions"),
                          QJsonArray{QJsonObject{{"kind", "external"}, {"status", "accepted"},
                                                 {"justification", acceptanceOf(r, m_options.lang)}}});
        m_results.append(result);
    }

    void notify(const Problem &problem, const char *level)
    {
        QJsonObject notification{{"level", level}, {"message", message(problem.toString(m_options.lang))}};
        if (!problem.file.isEmpty())
            notification.insert(QStringLiteral("locations"),
                                QJsonArray{QJsonObject{{"physicalLocation", physical(problem.file, problem.span)}}});
        m_notifications.append(notification);
    }

    const Judged &m_judged;
    const ReportOptions &m_options;
    Places m_places;
    QJsonArray m_rules, m_results, m_notifications;
    QHash<QString, int> m_indices;
    QHash<QString, int> m_seen;
};

} // namespace

QByteArray sarifReport(const Judged &judged, const ReportOptions &options)
{
    return Report(judged, options).json();
}

} // namespace tenken::app
