// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitormessage.h>
#include <analysis/runbook.h>

#include <QRegularExpression>
#include <QUrl>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

// Documentation of the tool, its own pages of a metric, and pictures lead nobody to what to do.
bool isRunbookLink(const QString &link)
{
    static const QRegularExpression picture(u"\\.(png|jpe?g|gif|svg|webp)$"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    const QUrl url(link);
    const QString host = url.host().toLower();
    if (host == u"docs.datadoghq.com" || picture.match(url.path()).hasMatch())
        return false;
    const bool inDatadog = host.endsWith(u".datadoghq.com") || host.endsWith(u".datadoghq.eu");
    return !inDatadog || url.path().startsWith(u"/notebook/");
}

// "## Escalation Path", "対応:", a numbered list of steps.
bool hasSteps(const QString &message)
{
    static const QRegularExpression heading(
        u"^\\s*(#+|\\*\\*|■|【)\\s*(escalation|what to do|steps|procedure|remediation|mitigation|対応|手順|対処|復旧)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
    static const QRegularExpression label(u"^\\s*(対応|対処|手順|steps?|action)\\s*[:：]\\s*\\S.{3,}"_s,
                                          QRegularExpression::CaseInsensitiveOption
                                              | QRegularExpression::MultilineOption);
    static const QRegularExpression list(u"^\\s*1[.)]\\s+\\S[\\s\\S]*^\\s*2[.)]\\s+\\S"_s,
                                         QRegularExpression::MultilineOption);
    return heading.match(message).hasMatch() || label.match(message).hasMatch()
        || list.match(message).hasMatch();
}

RunbookGrade gradeOf(const QString &anchor, const Guide &guide, Leads leads)
{
    if (anchor.isEmpty())
        return RunbookGrade::TopOnly;
    if (!guide.document)
        return RunbookGrade::Unchecked;
    if (!hasAnchor(*guide.document, anchor))
        return RunbookGrade::DeadAnchor;
    return leads == Leads::Unsure ? RunbookGrade::Unchecked : RunbookGrade::Section;
}

/// Of several links the one to a section says most.
void followLinks(RunbookReading &reading, const std::vector<Guide> &guides, const QString &serviceId)
{
    for (const QString &url : reading.links) {
        for (const Guide &guide : guides) {
            const Leads leads = leadsTo(url, guide, serviceId);
            const bool better = leads > reading.leads
                || (leads == reading.leads && leads != Leads::No && reading.anchor.isEmpty());
            if (!better)
                continue;
            reading.url = url;
            reading.anchor = anchorOf(url);
            reading.leads = leads;
            reading.guideFile = guide.document ? guide.document->file : QString();
            reading.grade = gradeOf(reading.anchor, guide, leads);
        }
    }
}

} // namespace

RunbookReading runbookOf(const Monitor &monitor, const std::vector<Guide> &guides, const QString &serviceId,
                         const QStringList &catalogued)
{
    static const QRegularExpression word(u"runbook|playbook|手順書"_s, QRegularExpression::CaseInsensitiveOption);
    RunbookReading reading;
    reading.links = linksOf(monitor);
    followLinks(reading, guides, serviceId);
    if (reading.leads != Leads::No)
        return reading;
    const auto other = std::ranges::find_if(reading.links, isRunbookLink);
    const QString message = messageOnAlert(monitor.message);
    if (other != reading.links.end()) {
        reading.grade = RunbookGrade::Elsewhere;
        reading.url = *other;
    } else if (!catalogued.isEmpty()) {
        reading.grade = RunbookGrade::Catalogue;
        reading.url = catalogued.front();
    } else if (hasSteps(message)) {
        reading.grade = RunbookGrade::Inline;
    } else if (word.match(message).hasMatch()) {
        reading.grade = RunbookGrade::WordOnly;
    }
    return reading;
}

} // namespace tenken
