// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/recorddraft.h>

#include <rules/replicas.h>

namespace tenken
{

namespace
{

/// The container of the application: named as the service or "app", else the first.
std::optional<Container> applicationOf(const Evidence &evidence)
{
    if (!evidence.manifests)
        return {};
    std::optional<Container> first;
    for (const Workload *w : servingWorkloads(*evidence.manifests, evidence.service).all) {
        for (const Container &c : w->appContainers()) {
            if (c.name == evidence.service.id || c.name == u"app")
                return c;
            if (!first)
                first = c;
        }
    }
    return first;
}

QString limitsOf(const Container &container)
{
    const Yaml limits = container.node["resources"]["limits"];
    const auto amount = [&](const char *key) { return limits[key] ? limits[key].string() : QStringLiteral("none"); };
    return QStringLiteral("cpu=%1, memory=%2").arg(amount("cpu"), amount("memory"));
}

/// The one that is declared; nothing where there are several.
QString onlyOne(const QStringList &words)
{
    return words.size() == 1 ? words.front() : QString();
}

} // namespace

RecordDraft proposedRecord(const Evidence &evidence, const QString &kind, const QString &author)
{
    RecordDraft draft{kind, {}};
    const auto propose = [&](const char *path, const QString &answer) {
        if (!answer.isEmpty())
            draft.answers.insert(QString::fromLatin1(path), answer);
    };
    propose("who", author);
    if (const std::optional<Container> app = applicationOf(evidence)) {
        propose("image", app->node["image"].string());
        propose("limits", limitsOf(*app));
    }
    for (const TestField *field : fieldsOf(kind)) {
        const QLatin1StringView path(field->path);
        if (path == QLatin1StringView("environment") || path == QLatin1StringView("outcome.dependency"))
            propose(field->path, onlyOne(choicesFor(evidence, *field)));
    }
    return draft;
}

} // namespace tenken
