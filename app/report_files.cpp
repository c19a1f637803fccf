// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plainreport.h"

#include <QMap>
#include <algorithm>
#include <tuple>

namespace tenken::app {

namespace {

class Report : PlainReport
{
public:
    using PlainReport::PlainReport;

    QString text()
    {
        group();
        for (auto it = m_files.cbegin(); it != m_files.cend(); ++it)
            writeFile(it.key(), it.value());
        undecided();
        problems();
        totals();
        return masked();
    }

private:
    /// What is unknown for want of a service description is one line in the end, unless asked for.
    bool isListed(const Reported &r) const
    {
        return m_options.all || m_options.least || r.finding->verdict != Verdict::Unknown;
    }

    void group()
    {
        for (const Reported &r : reported(m_judged, m_options)) {
            if (isListed(r))
                m_files[r.finding->file].push_back(r);
            else if (!m_undecided.contains(r.standing->item->id))
                m_undecided << r.standing->item->id;
        }
        for (std::vector<Reported> &results : m_files) {
            std::ranges::stable_sort(results, {}, [](const Reported &r) {
                return std::tuple(r.finding->span.line, r.finding->span.column);
            });
        }
    }

    void writeFile(const QString &file, const std::vector<Reported> &results)
    {
        m_out << m_ink.bold(file.isEmpty() ? in(Text{"マニフェスト全体", "All manifests"}) : visible(file)) << '\n';
        for (const Reported &r : results)
            writeFinding(*r.finding, *r.standing->item);
        m_out << '\n';
    }

    void writeFinding(const Finding &f, const Item &item)
    {
        const QString place = f.span.isValid() ? QStringLiteral("%1:%2").arg(f.span.line).arg(f.span.column) : QString();
        m_out << "  " << place.leftJustified(8) << m_ink.verdict(f.verdict, QString(mark(f.verdict)) + u' ' + in(label(f.verdict)))
              << "  " << in(f.title);
        if (const QString values = measuredAndWanted(f, m_lang); !values.isEmpty())
            m_out << ": " << values;
        QStringList where{item.id, f.object, f.container};
        where.removeAll(QString());
        m_out << "  " << m_ink.dim(visible(where.join(u' '))) << '\n';
        if (badness(f.verdict) == 0)
            return;
        if (!f.reason.isEmpty())
            m_out << "          " << in(f.reason) << '\n';
        if (!f.remedy.isEmpty())
            m_out << "          → " << in(f.remedy) << '\n';
    }

    void undecided()
    {
        if (m_undecided.isEmpty())
            return;
        m_out << m_ink.dim(in(Text{"? service.yaml がないため、%1 項目に決められないところがあります (--all で理由): %2",
                                   "? Without a service.yaml %1 items stay partly undecided (--all says why): %2"}
                                  .arg(int(m_undecided.size()), m_undecided.join(QStringLiteral(", ")))))
              << '\n';
    }

    void totals()
    {
        QMap<Verdict, int> counts;
        for (const ItemResult &item : m_judged.assessment.items) {
            for (const Finding &f : item.findings)
                ++counts[f.verdict];
        }
        const Manifests &manifests = *m_judged.evidence.manifests;
        m_out << '\n' << in(Text{"%1 ファイル、ワークロード %2 · 合格 %3 · 注意 %4 · 不合格 %5 · 不明 %6",
                                 "%1 files, %2 workloads · %3 pass · %4 warn · %5 fail · %6 unknown"}
                                .arg(int(manifests.files.size()), int(manifests.workloads.size()), counts[Verdict::Pass],
                                     counts[Verdict::Warn], counts[Verdict::Fail], counts[Verdict::Unknown]))
              << '\n';
        m_out << m_ink.verdict(counts[Verdict::Fail] > 0 ? Verdict::Fail : Verdict::Warn,
                               in(label(m_judged.outcome.decision)))
              << "  " << in(m_judged.outcome.lead) << '\n';
    }

    QMap<QString, std::vector<Reported>> m_files;
    QStringList m_undecided;
};

} // namespace

QString filesReport(const Judged &judged, const ReportOptions &options)
{
    return Report(judged, options).text();
}

} // namespace tenken::app
