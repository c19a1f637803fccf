// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results.h"
#include "app/ruletext.h"

#include <evidence/markdowntext.h>

#include <QTextStream>

#include <algorithm>

namespace tenken::app {

namespace {

constexpr qsizetype mostCharacters = 60'000; ///< a comment on GitHub takes 65,536
constexpr int mostFindings = 20;             ///< of one item

class Report
{
public:
    Report(const Judged &judged, const ReportOptions &options)
        : m_judged(judged), m_options(options), m_lang(options.lang), m_places(judged)
    {
    }

    QString text()
    {
        head();
        stages();
        remarks();
        for (const Section &section : m_judged.checklist.sections)
            write(section);
        removed();
        problems(Text{"読めなかったもの", "Not readable"}, m_judged.evidence.unreadable);
        problems(Text{"気をつけること", "Worth a look"}, m_judged.evidence.warnings);
        return m_text;
    }

private:
    QString in(const Text &text) const { return text.in(m_lang); }
    QString safe(const QString &text) const { return markdownText(visible(maskSecrets(text))); }

    /// All or nothing: half a table would be read as a whole one.
    void add(const QString &block)
    {
        if (m_full || m_text.size() + block.size() > mostCharacters) {
            if (!m_full)
                m_text += u'\n' + in(Text{"長すぎるため、ここまでにします。", "Too long: the rest is left out."}) + u'\n';
            m_full = true;
            return;
        }
        m_text += block;
    }

    void head()
    {
        const SectionCount &total = m_judged.outcome.total;
        const Service &service = m_judged.evidence.service;
        QString name = in(service.name).isEmpty() ? service.id : in(service.name);
        if (name.isEmpty())
            name = in(Text{"マニフェスト", "Manifests"});
        add(QStringLiteral("## %1: %2\n\n%3\n\n").arg(safe(name), safe(in(label(m_judged.outcome.decision))),
                                                     safe(in(m_judged.outcome.lead))));
        add(QStringLiteral(
                "| ✓ %1 | ! %2 | ✗ %3 | ? %4 | – %5 |\n|---:|---:|---:|---:|---:|\n| %6 | %7 | %8 | %9 | %10 |\n\n")
                .arg(in(label(Verdict::Pass)), in(label(Verdict::Warn)), in(label(Verdict::Fail)),
                     in(label(Verdict::Unknown)), in(label(Verdict::NotApplicable)))
                .arg(total.pass)
                .arg(total.warn)
                .arg(total.fail)
                .arg(total.unknown)
                .arg(total.notApplicable));
        QStringList foot{m_judged.checklist.name()};
        if (!m_judged.evidence.gitCommit.isEmpty())
            foot << m_judged.evidence.gitCommit;
        add(QStringLiteral("<sub>%1</sub>\n").arg(safe(foot.join(QStringLiteral(" · ")))));
    }

    void stages()
    {
        const Outcome &outcome = m_judged.outcome;
        QString block;
        if (!outcome.stages.empty())
            block = QStringLiteral("\n| %1 | %2 | |\n|---|---|---|\n")
                        .arg(in(Text{"段階", "Stage"}), in(Text{"判定", "Decision"}));
        for (const StageOutcome &stage : outcome.stages) {
            const QString title = safe(in(stage.title));
            block += QStringLiteral("| %1 | %2 | %3 |\n")
                         .arg(stage.applied ? QStringLiteral("**%1**").arg(title) : title,
                              safe(in(label(stage.decision))), safe(in(stage.lead)));
        }
        if (!outcome.forecast.empty())
            block += QStringLiteral("\n");
        for (const ForecastDay &day : outcome.forecast)
            block +=
                QStringLiteral("- %1: **%2** — %3\n")
                    .arg(day.day.toString(Qt::ISODate), safe(in(label(day.decision))), safe(in(day.why)));
        add(block);
    }

    void remarks()
    {
        const std::vector<Remark> all = m_judged.remarks();
        for (const Remark::Kind kind : remarkKinds) {
            const auto list = ofKind(all, kind);
            if (list.empty())
                continue;
            QString block = QStringLiteral("\n### %1\n\n").arg(in(label(kind)));
            for (const Remark *remark : list) {
                const QString words = safe(in(remark->words));
                block += QStringLiteral("- %1 (`%2`): %3\n")
                             .arg(safe(in(remark->standing->item->title)), remark->standing->item->id,
                                  remark->lacking ? QStringLiteral("**%1**").arg(words) : words);
            }
            add(block);
        }
    }

    void write(const Section &section)
    {
        QStringList rows;
        int met = 0, people = 0;
        for (const Item &item : section.items) {
            const auto standing = std::ranges::find(m_judged.outcome.items, &item, &ItemStanding::item);
            if (standing == m_judged.outcome.items.end() || !standing->result)
                continue;
            if (!standing->result->machine)
                ++people;
            else if (const QStringList of = rowsOf(*standing); !of.isEmpty())
                rows << of;
            else
                ++met;
        }
        QString block = QStringLiteral("\n### %1\n\n").arg(safe(in(section.title)));
        if (!rows.isEmpty()) {
            block += QStringLiteral("| | %1 | %2 | %3 |\n|---|---|---|---|\n")
                         .arg(in(Text{"項目", "Item"}), in(Text{"所見", "Finding"}), in(Text{"場所", "Place"}));
            block += rows.join(QString()) + u'\n';
        }
        QStringList rest;
        if (met > 0)
            rest << in(Text{"ほか %1 項目に指摘なし", "%1 items without findings"}.arg(met));
        if (people > 0)
            rest << in(Text{"人が答える項目 %1 件", people == 1 ? "%1 item answered by people" : "%1 items answered by people"}.arg(people));
        if (!rest.isEmpty())
            block += rest.join(QStringLiteral(" · ")) + u'\n';
        add(block);
    }

    QStringList rowsOf(const ItemStanding &standing) const
    {
        QStringList rows;
        int left = 0;
        for (const Finding &f : standing.result->findings) {
            if (!isShown(f, m_options))
                continue;
            if (rows.size() == mostFindings) {
                ++left;
                continue;
            }
            const QString head = rows.isEmpty()
                ? QStringLiteral("%1<br>`%2`").arg(safe(in(standing.item->title)), standing.item->id)
                : QString();
            rows << QStringLiteral("| %1 %2 | %3 | %4 | %5 |\n")
                        .arg(QString(mark(f.verdict)), in(label(f.verdict)), head, cell(f), place(f));
        }
        if (left > 0)
            rows << QStringLiteral("| | | %1 | |\n").arg(in(Text{"ほか %1 件", "%1 more"}.arg(left)));
        return rows;
    }

    QString cell(const Finding &f) const
    {
        QStringList lines{QStringLiteral("**%1**").arg(safe(in(f.title)))};
        if (const QString values = measuredAndWanted(f, m_lang); !values.isEmpty())
            lines << safe(values);
        if (!f.reason.isEmpty())
            lines << safe(in(f.reason));
        if (!f.remedy.isEmpty() && f.verdict != Verdict::Pass)
            lines << QStringLiteral("→ ") + safe(in(f.remedy));
        return lines.join(QStringLiteral("<br>"));
    }

    QString place(const Finding &f) const
    {
        QStringList lines;
        if (!f.file.isEmpty())
            lines << safe(f.span.isValid()
                              ? QStringLiteral("%1:%2").arg(m_places.path(f.file)).arg(f.span.line)
                              : m_places.path(f.file));
        if (!f.object.isEmpty())
            lines << safe(f.container.isEmpty() ? f.object : f.object + u' ' + f.container);
        return lines.join(QStringLiteral("<br>"));
    }

    void removed()
    {
        if (m_judged.checklist.removed.empty())
            return;
        QString block = QStringLiteral("\n### %1\n\n")
                            .arg(in(Text{"チェックリストが外した項目、緩めた値",
                                         "Left out or loosened by the checklist"}));
        for (const RemovedQuestion &r : m_judged.checklist.removed)
            block += QStringLiteral("- %1 (%2): %3\n")
                         .arg(safe(in(r.title)), safe(in(r.words())), safe(in(r.reason)));
        add(block);
    }

    void problems(const Text &title, const std::vector<Problem> &list)
    {
        if (list.empty())
            return;
        QString block = QStringLiteral("\n### %1\n\n").arg(in(title));
        for (const Problem &p : list)
            block += QStringLiteral("- %1\n").arg(safe(p.toString(m_lang)));
        add(block);
    }

    const Judged &m_judged;
    const ReportOptions &m_options;
    Lang m_lang;
    Places m_places;
    QString m_text;
    bool m_full = false;
};

} // namespace

QByteArray markdownReport(const Judged &judged, const ReportOptions &options)
{
    return Report(judged, options).text().toUtf8();
}

} // namespace tenken::app
