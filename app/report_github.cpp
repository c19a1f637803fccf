// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results.h"

namespace tenken::app {

namespace {

/// What GitHub's runner takes out of a command's text again.
QString escapedData(QString text)
{
    return text.replace(u'%', QStringLiteral("%25")).replace(u'\r', QStringLiteral("%0D")).replace(u'\n', QStringLiteral("%0A"));
}

QString escapedProperty(const QString &text)
{
    return escapedData(text).replace(u':', QStringLiteral("%3A")).replace(u',', QStringLiteral("%2C"));
}

QString place(const QString &file, const Span &span)
{
    if (file.isEmpty())
        return {};
    QString text = QStringLiteral("file=%1,").arg(escapedProperty(file));
    if (!span.isValid())
        return text;
    text += QStringLiteral("line=%1,endLine=%2,").arg(span.line).arg(std::max(span.line, span.endLine));
    // GitHub takes columns only within one line.
    if (span.endLine == span.line && span.column > 0 && span.endColumn >= span.column)
        text += QStringLiteral("col=%1,endColumn=%2,").arg(span.column).arg(span.endColumn);
    return text;
}

QString command(const char *severity, const QString &where, const QString &title, const QString &message)
{
    return QStringLiteral("::%1 %2title=%3::%4\n")
        .arg(QLatin1StringView(severity), where, escapedProperty(title), escapedData(message));
}

} // namespace

QByteArray githubReport(const Judged &judged, const ReportOptions &options)
{
    const Places places(judged);
    QString text;
    for (const Reported &r : reported(judged, options)) {
        if (badness(r.finding->verdict) == 0)
            continue; // an annotation asks for attention
        const QString file = r.finding->file.isEmpty() ? QString() : places.path(r.finding->file);
        QString message = messageOf(*r.finding, options.lang);
        if (!r.finding->object.isEmpty())
            message += QStringLiteral("\n") + visible(maskSecrets(QStringList{r.finding->object, r.finding->container}.join(u' ').trimmed()));
        text += command(wordOf(severityOf(r), "notice"), place(file, r.finding->span),
                        r.standing->item->title.in(options.lang) + QStringLiteral(" [%1]").arg(r.standing->item->id), message);
    }
    for (const Problem &problem : judged.evidence.unreadable) {
        const QString file = problem.file.isEmpty() ? QString() : places.path(problem.file);
        QString message = visible(problem.message.in(options.lang));
        if (!problem.hint.isEmpty())
            message += QStringLiteral(" — ") + problem.hint.in(options.lang);
        text += command("error", place(file, problem.span), Text{"読めません", "Not readable"}.in(options.lang),
                        maskSecrets(message));
    }
    return text.toUtf8();
}

} // namespace tenken::app
