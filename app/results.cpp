// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results.h"

#include <QFileInfo>

#include <algorithm>

namespace tenken::app {

int badness(Verdict v)
{
    switch (v) {
    case Verdict::Fail:
        return 3;
    case Verdict::Unknown:
        return 2;
    case Verdict::Warn:
        return 1;
    default:
        return 0;
    }
}

bool isShown(const Finding &finding, const ReportOptions &options)
{
    if (options.least)
        return badness(finding.verdict) >= badness(*options.least);
    return options.all || badness(finding.verdict) > 0;
}

std::vector<Reported> reported(const Judged &judged, const ReportOptions &options)
{
    std::vector<Reported> all;
    for (const Section &section : judged.checklist.sections) {
        for (const Item &item : section.items) {
            const auto standing = std::ranges::find(judged.outcome.items, &item, &ItemStanding::item);
            if (standing == judged.outcome.items.end() || !standing->result)
                continue;
            for (const Finding &finding : standing->result->findings) {
                if (isShown(finding, options))
                    all.push_back({&section, &*standing, &finding});
            }
        }
    }
    return all;
}

QString acceptanceOf(const Reported &reported, Lang lang)
{
    if (!reported.finding->waived)
        return maskSecrets(reported.standing->why.in(lang));
    const Acceptance &a = *reported.finding->waived;
    return maskSecrets(QStringLiteral("%1 (%2, %3)").arg(a.reason, a.approver, a.expires.toString(Qt::ISODate)));
}

Severity severityOf(const Reported &reported)
{
    if (reported.isWaived())
        return Severity::Note;
    switch (reported.finding->verdict) {
    case Verdict::Fail:
        return reported.standing->item->level == Level::Must ? Severity::Error : Severity::Warning;
    case Verdict::Warn:
        return Severity::Warning;
    default:
        return Severity::Note;
    }
}

const char *wordOf(Severity severity, const char *note)
{
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Note:
        break;
    }
    return note;
}

QString measuredAndWanted(const Finding &finding, Lang lang)
{
    QStringList parts;
    if (!finding.measured.isEmpty())
        parts << finding.measured.in(lang);
    if (!finding.wanted.isEmpty())
        parts << QStringLiteral("(%1 %2)").arg(Text{"基準", "wanted"}.in(lang), finding.wanted.in(lang));
    return visible(parts.join(u' '));
}

QString messageOf(const Finding &finding, Lang lang)
{
    QString text = finding.title.in(lang);
    if (const QString values = measuredAndWanted(finding, lang); !values.isEmpty())
        text += QStringLiteral(": ") + values;
    if (!finding.reason.isEmpty())
        text += (lang == Lang::Ja ? QStringLiteral("。") : QStringLiteral(". ")) + finding.reason.in(lang);
    if (!finding.remedy.isEmpty() && finding.verdict != Verdict::Pass)
        text += QStringLiteral(" → ") + finding.remedy.in(lang);
    if (finding.waived)
        text += Text{" [受容: %1、承認 %2、%3 まで]", " [accepted: %1, by %2, until %3]"}
                    .arg(finding.waived->reason, finding.waived->approver, finding.waived->expires.toString(Qt::ISODate)).in(lang);
    return visible(maskSecrets(text));
}

QChar mark(Remark::Kind kind)
{
    switch (kind) {
    case Remark::Kind::Override:
        return u'≠';
    case Remark::Kind::Dissent:
        return u'⚑';
    case Remark::Kind::Stale:
        return u'↻';
    case Remark::Kind::Waiver:
        return u'⧖';
    }
    return u'·';
}

QChar mark(Verdict v)
{
    switch (v) {
    case Verdict::Pass:
        return u'✓';
    case Verdict::Warn:
        return u'!';
    case Verdict::Fail:
        return u'✗';
    case Verdict::Unknown:
        return u'?';
    case Verdict::NotApplicable:
        return u'–';
    }
    return u'?';
}

QString placeOf(const Finding &finding)
{
    if (finding.file.isEmpty())
        return {};
    QString text = visible(finding.file);
    if (finding.span.isValid())
        text += QStringLiteral(":%1:%2").arg(finding.span.line).arg(finding.span.column);
    return text;
}

Places::Places(const Judged &judged)
    : m_folder(judged.evidence.folder)
    , m_top(QDir::current().canonicalPath())
{
    for (QString folder = m_folder; !folder.isEmpty(); folder = QFileInfo(folder).path()) {
        if (QFileInfo::exists(folder + QStringLiteral("/.git"))) { // a file in a linked work tree
            m_top.setPath(folder);
            return;
        }
        if (QDir(folder).isRoot())
            break;
    }
    if (m_top.relativeFilePath(m_folder).startsWith(u".."))
        m_top.setPath(m_folder);
}

QString Places::path(const QString &file) const
{
    const QString relative = m_top.relativeFilePath(QDir(m_folder).filePath(file));
    return relative.startsWith(u"../") ? file : QDir::cleanPath(relative);
}

} // namespace tenken::app
