// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plainreport.h"

#include <review/standing.h>

#include <algorithm>

namespace tenken::app {

namespace {

class Report : PlainReport
{
public:
    using PlainReport::PlainReport;

    QString text()
    {
        header();
        for (const Section &section : m_judged.checklist.sections)
            writeSection(section);
        removed();
        problems();
        remarks();
        m_out << '\n';
        totals();
        stages();
        decision();
        return masked();
    }

private:
    void header()
    {
        const Service &service = m_judged.evidence.service;
        QStringList parts;
        if (!service.id.isEmpty()) {
            const QString name = in(service.name);
            parts << (name.isEmpty() || name == service.id ? service.id
                                                          : QStringLiteral("%1 (%2)").arg(name, service.id));
        }
        parts << m_judged.checklist.name()
              << in(Text{"証拠 %1 ファイル", "%1 files read"}.arg(m_judged.evidence.files.size()));
        if (!m_judged.evidence.gitCommit.isEmpty())
            parts << m_judged.evidence.gitBranch + u' ' + m_judged.evidence.gitCommit;
        m_out << m_ink.bold(visible(parts.join(QStringLiteral(" · ")))) << '\n';
        for (const SourceRoot &root : m_judged.evidence.roots) {
            const Text state = root.state == SourceRoot::State::Readable
                ? Text{"%1 %2%3", "%1 %2%3"}.arg(root.gitBranch, root.gitCommit,
                                                 root.gitDirty ? Text{"(変更あり)", " (changed)"} : Text{})
                : Text{"読んでいません", "not read"};
            m_out << m_ink.dim(
                in(Text{"ルート %1 (%2): %3", "root %1 (%2): %3"}.arg(root.name, root.path, state)))
                  << '\n';
        }
    }

    void writeSection(const Section &section)
    {
        m_out << '\n' << m_ink.bold(in(section.title)) << '\n';
        int people = 0;
        for (const Item &item : section.items) {
            const ItemResult *result = m_judged.assessment.item(item.id);
            if (result && result->machine)
                writeItem(item, *result);
            else
                ++people;
        }
        if (people > 0)
            m_out << m_ink.dim(QStringLiteral("  · ")
                               + in(Text{"人が答える項目 %1 件", people == 1 ? "%1 item answered by people" : "%1 items answered by people"}.arg(people))) << '\n';
    }

    void writeItem(const Item &item, const ItemResult &result)
    {
        const QString word = in(label(result.verdict));
        m_out << "  " << m_ink.verdict(result.verdict, QString(mark(result.verdict)) + u' ' + word) << "  "
              << m_ink.bold(in(item.title)) << "  " << m_ink.dim(item.id);
        const auto stands = std::ranges::find(m_judged.outcome.items, &item, &ItemStanding::item);
        if (stands != m_judged.outcome.items.end() && toString(stands->standing) != toString(result.verdict))
            m_out << "  → " << in(label(stands->standing));
        m_out << '\n';
        for (const Finding &finding : result.findings) {
            if (finding.waived || isShown(finding, m_options))
                writeFinding(finding);
        }
        for (const Loosening &loosened : result.loosened)
            m_out << "      " << in(loosened.words()) << '\n';
    }

    void writeFinding(const Finding &finding)
    {
        m_out << "      " << mark(finding.verdict) << ' ' << in(finding.title);
        if (const QString values = measuredAndWanted(finding, m_lang); !values.isEmpty())
            m_out << ": " << values;
        m_out << '\n';
        QStringList where{placeOf(finding), finding.object, finding.container};
        where.removeAll(QString());
        if (!where.isEmpty())
            m_out << "        " << m_ink.dim(visible(where.join(QStringLiteral("  ")))) << '\n';
        if (!finding.reason.isEmpty())
            m_out << "        " << in(finding.reason) << '\n';
        if (finding.waived)
            m_out << "        "
                  << in(Text{"免除: %1 (%2が承認、%3 まで)", "Waived: %1 (approved by %2, until %3)"}.arg(
                         finding.waived->reason, finding.waived->approver,
                         finding.waived->expires.toString(Qt::ISODate)))
                  << '\n';
        else if (!finding.remedy.isEmpty() && finding.verdict != Verdict::Pass)
            m_out << "        → " << in(finding.remedy) << '\n';
    }

    void removed()
    {
        if (m_judged.checklist.removed.empty())
            return;
        m_out << '\n'
              << m_ink.bold(in(
                     Text{"チェックリストが外した項目、緩めた値", "Left out or loosened by the checklist"}))
              << '\n';
        for (const RemovedQuestion &r : m_judged.checklist.removed)
            m_out << "  – " << in(r.title) << "  " << m_ink.dim(in(r.words())) << ": " << in(r.reason)
                  << '\n';
    }

    void remarks()
    {
        const std::vector<Remark> all = m_judged.remarks();
        for (const Remark::Kind kind : remarkKinds) {
            const auto list = ofKind(all, kind);
            if (!list.empty())
                m_out << '\n' << m_ink.bold(in(label(kind))) << '\n';
            for (const Remark *remark : list) {
                const Item &item = *remark->standing->item;
                m_out << "  " << mark(kind) << ' ' << in(item.title) << "  " << m_ink.dim(item.id) << ": "
                      << (remark->lacking ? m_ink.verdict(Verdict::Fail, in(remark->words))
                                          : in(remark->words))
                      << '\n';
            }
        }
    }

    void stages()
    {
        for (const StageOutcome &stage : m_judged.outcome.stages) {
            m_out << (stage.applied ? "▸ " : "  ") << in(stage.title).leftJustified(8) << ' '
                  << m_ink.verdict(toneOf(stage.decision), in(label(stage.decision))) << "  "
                  << in(stage.lead) << '\n';
        }
    }

    static Verdict toneOf(Decision decision)
    {
        return decision == Decision::Go           ? Verdict::Pass
            : decision == Decision::ConditionalGo ? Verdict::Warn
                                                  : Verdict::Fail;
    }

    /// As the items stand, people's word taken in: what they attest is told apart from what the machine saw.
    void totals()
    {
        const SectionCount &total = m_judged.outcome.total;
        const auto attested = std::ranges::count(m_judged.outcome.items, Standing::Attested, &ItemStanding::standing);
        const Text pass = attested == 0 ? Text{"%1", "%1 pass"}.arg(total.pass)
                                        : Text{"%1 (うち申告 %2)", "%1 pass (%2 attested)"}.arg(total.pass, attested);
        m_out << in(Text{"合格 %1 · 注意 %2 · 不合格 %3 · 不明 %4 · 対象外 %5",
                         "%1 · %2 warn · %3 fail · %4 unknown · %5 n/a"}
                        .arg(pass, total.warn, total.fail, total.unknown, total.notApplicable)) << '\n';
    }

    void decision()
    {
        const Decision decision = m_judged.outcome.decision;
        m_out << m_ink.verdict(toneOf(decision), in(label(decision))) << "  " << in(m_judged.outcome.lead)
              << '\n';
        for (const ForecastDay &day : m_judged.outcome.forecast)
            m_out << "  " << m_ink.dim(day.day.toString(Qt::ISODate)) << ' '
                  << m_ink.verdict(toneOf(day.decision), in(label(day.decision))) << "  "
                  << visible(in(day.why)) << '\n';
    }
};

} // namespace

QString textReport(const Judged &judged, const ReportOptions &options)
{
    return Report(judged, options).text();
}

} // namespace tenken::app
