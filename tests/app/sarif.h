// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>

namespace tenken::test {

/// What SARIF 2.1.0 asks of the parts that Tenken writes, in our own words: which keys an object may have, which it
/// must have, and what their values may be. Gives every breach with its path.
class SarifCheck
{
public:
    QStringList breaches;

    void check(const QJsonObject &log)
    {
        object(QStringLiteral("log"), log, {"$schema", "version", "runs"}, {"version", "runs"});
        is(QStringLiteral("version"), log["version"] == QStringLiteral("2.1.0"));
        is(QStringLiteral("$schema"), log["$schema"].toString().endsWith(QStringLiteral("sarif-2.1.0.json")));
        for (const QJsonValue &r : log["runs"].toArray())
            run(r.toObject());
    }

private:
    void is(const QString &what, bool good)
    {
        if (!good)
            breaches << what;
    }

    void object(const QString &path, const QJsonObject &o, const QStringList &allowed, const QStringList &required)
    {
        for (const QString &key : o.keys())
            is(path + QStringLiteral(" has no ") + key, allowed.contains(key));
        for (const QString &key : required)
            is(path + QStringLiteral(" lacks ") + key, o.contains(key));
    }

    void message(const QString &path, const QJsonValue &v)
    {
        object(path, v.toObject(), {"text", "markdown"}, {"text"});
        is(path + QStringLiteral(" is empty"), !v["text"].toString().isEmpty());
    }

    void run(const QJsonObject &r)
    {
        object(QStringLiteral("run"), r, {"tool", "language", "columnKind", "originalUriBaseIds", "invocations", "results", "properties"},
               {"tool", "results"});
        static const QRegularExpression language(QStringLiteral("^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"));
        is(QStringLiteral("language"), language.match(r["language"].toString()).hasMatch());
        is(QStringLiteral("columnKind"), QStringList({"utf16CodeUnits", "unicodeCodePoints"}).contains(r["columnKind"].toString()));
        m_bases = r["originalUriBaseIds"].toObject();
        const QJsonObject driver = r["tool"]["driver"].toObject();
        object(QStringLiteral("driver"), driver, {"name", "version", "semanticVersion", "rules"}, {"name"});
        m_rules = driver["rules"].toArray();
        QSet<QString> ids;
        for (const QJsonValue &rule : m_rules) {
            descriptor(rule.toObject());
            is(QStringLiteral("rule twice"), !ids.contains(rule["id"].toString()));
            ids.insert(rule["id"].toString());
        }
        for (const QJsonValue &i : r["invocations"].toArray()) {
            object(QStringLiteral("invocation"), i.toObject(), {"executionSuccessful", "toolExecutionNotifications"}, {"executionSuccessful"});
            for (const QJsonValue &n : i["toolExecutionNotifications"].toArray())
                notification(n.toObject());
        }
        QSet<QString> prints;
        for (const QJsonValue &v : r["results"].toArray()) {
            result(v.toObject());
            const QString print = v["partialFingerprints"]["tenkenFinding/v1"].toString();
            is(QStringLiteral("fingerprint twice"), print.size() == 32 && !prints.contains(print));
            prints.insert(print);
        }
    }

    void descriptor(const QJsonObject &d)
    {
        const QString path = QStringLiteral("rule ") + d["id"].toString();
        object(path, d, {"id", "shortDescription", "fullDescription", "help", "helpUri", "properties"},
               {"id", "shortDescription", "fullDescription", "help"});
        message(path + QStringLiteral(" shortDescription"), d["shortDescription"]);
        message(path + QStringLiteral(" fullDescription"), d["fullDescription"]);
        message(path + QStringLiteral(" help"), d["help"]);
        is(path + QStringLiteral(" has no markdown help"), !d["help"]["markdown"].toString().isEmpty());
    }

    void notification(const QJsonObject &n)
    {
        object(QStringLiteral("notification"), n, {"level", "message", "locations", "associatedRule"}, {"message"});
        message(QStringLiteral("notification"), n["message"]);
        is(QStringLiteral("notification level"), QStringList({"note", "warning", "error", "none"}).contains(n["level"].toString()));
        for (const QJsonValue &l : n["locations"].toArray())
            location(l.toObject());
    }

    void result(const QJsonObject &r)
    {
        object(QStringLiteral("result"), r,
               {"ruleId", "ruleIndex", "kind", "level", "message", "locations", "relatedLocations", "partialFingerprints", "suppressions", "properties"},
               {"ruleId", "message", "locations"});
        const int index = r["ruleIndex"].toInt(-1);
        is(QStringLiteral("ruleIndex"), index >= 0 && index < m_rules.size() && m_rules[index][u"id"] == r[u"ruleId"]);
        const QString kind = r["kind"].toString(), level = r["level"].toString();
        is(QStringLiteral("kind ") + kind, QStringList({"pass", "open", "fail", "notApplicable"}).contains(kind));
        is(QStringLiteral("level of kind ") + kind,
           kind == u"fail" ? QStringList({"error", "warning", "note"}).contains(level) : level == u"none");
        message(QStringLiteral("result"), r["message"]);
        is(QStringLiteral("one location"), r["locations"].toArray().size() == 1);
        for (const QJsonValue &l : r["locations"].toArray()) {
            location(l.toObject());
            is(QStringLiteral("a result has a file"), l.toObject().contains("physicalLocation"));
        }
        QSet<int> ids;
        for (const QJsonValue &l : r["relatedLocations"].toArray()) {
            location(l.toObject());
            is(QStringLiteral("related id"), !ids.contains(l["id"].toInt()));
            ids.insert(l["id"].toInt());
        }
    }

    void location(const QJsonObject &l)
    {
        object(QStringLiteral("location"), l, {"id", "physicalLocation", "logicalLocations", "message"}, {});
        for (const QJsonValue &v : l["logicalLocations"].toArray())
            object(QStringLiteral("logical"), v.toObject(), {"fullyQualifiedName", "kind"}, {"fullyQualifiedName"});
        if (!l.contains("physicalLocation"))
            return;
        const QJsonObject physical = l["physicalLocation"].toObject();
        object(QStringLiteral("physical"), physical, {"artifactLocation", "region"}, {"artifactLocation"});
        const QJsonObject artifact = physical["artifactLocation"].toObject();
        object(QStringLiteral("artifact"), artifact, {"uri", "uriBaseId"}, {"uri"});
        const QString uri = artifact["uri"].toString();
        is(QStringLiteral("uri ") + uri, QUrl(uri, QUrl::StrictMode).isValid() && QUrl(uri).isRelative() && !uri.startsWith(u'/') && !uri.startsWith(u".."));
        is(QStringLiteral("base"), m_bases.contains(artifact["uriBaseId"].toString()));
        if (physical.contains("region"))
            region(physical["region"].toObject());
    }

    void region(const QJsonObject &r)
    {
        object(QStringLiteral("region"), r, {"startLine", "startColumn", "endLine", "endColumn"}, {"startLine"});
        const int line = r["startLine"].toInt(), endLine = r["endLine"].toInt(line);
        is(QStringLiteral("startLine"), line >= 1 && endLine >= line);
        is(QStringLiteral("startColumn"), r["startColumn"].toInt(1) >= 1);
        is(QStringLiteral("endColumn"), endLine > line || r["endColumn"].toInt(1'000'000) >= r["startColumn"].toInt(1));
    }

    QJsonArray m_rules;
    QJsonObject m_bases;
};

} // namespace tenken::test
