// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results.h"

#include <QMap>
#include <QXmlStreamWriter>

#include <algorithm>

namespace tenken::app {

namespace {

/// A test case: one item, or one item on one object of a file. Test reporters know no "unknown": what blocks is an
/// error (the test could not be made), what does not block is skipped, and only a pass passes.
struct Case {
    enum class Result { Pass, Failure, Error, Skipped };
    QString name;
    QString suite;
    QString file;
    int line = 0;
    Result result = Result::Pass;
    QString message;
    QStringList lines;
};

struct Suite {
    QString name;
    std::vector<Case> cases;
    int count(Case::Result r) const { return int(std::ranges::count(cases, r, &Case::result)); }
};

/// XML 1.0 has no way to write control characters.
QString xmlText(const QString &text)
{
    QString clean = text;
    for (qsizetype i = 0; i < clean.size(); ++i) {
        const ushort c = clean.at(i).unicode();
        const bool paired = (QChar::isHighSurrogate(c) && i + 1 < clean.size() && clean.at(i + 1).isLowSurrogate())
            || (QChar::isLowSurrogate(c) && i > 0 && clean.at(i - 1).isHighSurrogate());
        const bool control = c < 0x20 && c != u'\t' && c != u'\n' && c != u'\r';
        if (control || c >= 0xfffe || (QChar::isSurrogate(c) && !paired))
            clean[i] = QChar(0xfffd);
    }
    return clean;
}

Case::Result resultOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Fail:
        return Case::Result::Failure;
    case Verdict::Unknown: // what only a service description could tell is no broken test of a manifest
    case Verdict::NotApplicable:
        return Case::Result::Skipped;
    default:
        return Case::Result::Pass;
    }
}

Case::Result resultOf(const ItemStanding &standing)
{
    switch (standing.standing) {
    case Standing::Pass:
    case Standing::Attested:
    case Standing::Warn:
        return Case::Result::Pass;
    case Standing::Fail:
        return Case::Result::Failure;
    case Standing::Waived:
    case Standing::NotApplicable:
        return Case::Result::Skipped;
    case Standing::Unknown:
    case Standing::Unanswered:
        break;
    }
    return standing.blocks ? Case::Result::Error : Case::Result::Skipped;
}

class Report
{
public:
    Report(const Judged &judged, const ReportOptions &options) : m_judged(judged), m_options(options), m_places(judged) { }

    QByteArray xml()
    {
        if (m_judged.bare)
            byFile();
        else
            bySection();
        addUnreadable();
        write();
        return m_bytes;
    }

private:
    QString line(const Finding &f) const
    {
        QStringList where{placeOf(f), visible(f.object), visible(f.container)};
        where.removeAll(QString());
        const QString text = QString(mark(f.verdict)) + u' ' + messageOf(f, m_options.lang);
        return where.isEmpty() ? text : maskSecrets(where.join(u' ')) + QStringLiteral(": ") + text;
    }

    void take(Case &c, const std::vector<const Finding *> &findings, Verdict verdict) const
    {
        const auto worst = std::ranges::find_if(findings, [&](const Finding *f) { return f->verdict == verdict && !f->waived; });
        if (worst != findings.end()) {
            c.message = messageOf(**worst, m_options.lang);
            c.file = (*worst)->file.isEmpty() ? QString() : m_places.path((*worst)->file);
            c.line = (*worst)->span.line;
        }
        for (const Finding *f : findings) {
            if (isShown(*f, m_options))
                c.lines << line(*f);
        }
    }

    void bySection()
    {
        for (const Section &section : m_judged.checklist.sections) {
            Suite suite{section.title.in(m_options.lang), {}};
            for (const Item &item : section.items) {
                const auto standing = std::ranges::find(m_judged.outcome.items, &item, &ItemStanding::item);
                if (standing != m_judged.outcome.items.end() && standing->result)
                    suite.cases.push_back(caseOf(*standing));
            }
            m_suites.push_back(std::move(suite));
        }
    }

    Case caseOf(const ItemStanding &standing) const
    {
        Case c;
        c.name = QStringLiteral("%1 [%2]").arg(standing.item->title.in(m_options.lang), standing.item->id);
        c.suite = m_judged.evidence.service.id;
        std::vector<const Finding *> findings;
        for (const Finding &f : standing.result->findings)
            findings.push_back(&f);
        if (standing.result->machine)
            take(c, findings, standing.result->verdict);
        c.result = resultOf(standing);
        if (c.message.isEmpty() || c.result == Case::Result::Skipped)
            c.message = maskSecrets(standing.why.in(m_options.lang));
        return c;
    }

    /// A case per item and object, so that each file shows its own.
    void byFile()
    {
        ReportOptions everything;
        everything.all = true;
        QMap<QString, std::vector<std::pair<QString, std::vector<Reported>>>> files;
        for (const Reported &r : reported(m_judged, everything)) {
            auto &cases = files[r.finding->file];
            const QString name = QStringLiteral("%1 [%2] %3").arg(r.standing->item->title.in(m_options.lang),
                                                                  r.standing->item->id, visible(r.finding->object)).trimmed();
            auto it = std::ranges::find(cases, name, &std::pair<QString, std::vector<Reported>>::first);
            if (it == cases.end())
                it = cases.insert(cases.end(), {name, {}});
            it->second.push_back(r);
        }
        for (auto it = files.cbegin(); it != files.cend(); ++it) {
            Suite suite{it.key().isEmpty() ? Text{"マニフェスト全体", "All manifests"}.in(m_options.lang) : it.key(), {}};
            for (const auto &[name, results] : it.value())
                suite.cases.push_back(caseOf(name, suite.name, results));
            m_suites.push_back(std::move(suite));
        }
    }

    Case caseOf(const QString &name, const QString &suite, const std::vector<Reported> &results) const
    {
        Case c;
        c.name = maskSecrets(name);
        c.suite = suite;
        std::vector<const Finding *> findings;
        std::vector<Verdict> verdicts;
        for (const Reported &r : results) {
            findings.push_back(r.finding);
            verdicts.push_back(r.finding->verdict);
        }
        take(c, findings, worst(verdicts));
        c.result = resultOf(worst(verdicts));
        return c;
    }

    void addUnreadable()
    {
        Suite suite{Text{"読めなかったもの", "Not readable"}.in(m_options.lang), {}};
        for (const Problem &p : m_judged.evidence.unreadable) {
            Case c;
            c.name = p.location().isEmpty() ? suite.name : p.location();
            c.suite = m_judged.evidence.service.id;
            c.file = p.file.isEmpty() ? QString() : m_places.path(p.file);
            c.line = p.span.line;
            c.result = Case::Result::Error;
            c.message = maskSecrets(p.message.in(m_options.lang));
            c.lines << maskSecrets(p.toString(m_options.lang));
            suite.cases.push_back(c);
        }
        if (!suite.cases.empty())
            m_suites.push_back(std::move(suite));
    }

    void writeCounts(int tests, int failures, int errors, int skipped)
    {
        m_xml.writeAttribute("tests", QString::number(tests));
        m_xml.writeAttribute("failures", QString::number(failures));
        m_xml.writeAttribute("errors", QString::number(errors));
        m_xml.writeAttribute("skipped", QString::number(skipped));
    }

    void write()
    {
        int tests = 0, failures = 0, errors = 0, skipped = 0;
        for (const Suite &s : m_suites) {
            tests += int(s.cases.size());
            failures += s.count(Case::Result::Failure);
            errors += s.count(Case::Result::Error);
            skipped += s.count(Case::Result::Skipped);
        }
        m_xml.setAutoFormatting(true);
        m_xml.writeStartDocument();
        m_xml.writeStartElement("testsuites");
        m_xml.writeAttribute("name", "tenken");
        writeCounts(tests, failures, errors, skipped);
        for (const Suite &s : m_suites) {
            m_xml.writeStartElement("testsuite");
            m_xml.writeAttribute("name", xmlText(s.name));
            writeCounts(int(s.cases.size()), s.count(Case::Result::Failure), s.count(Case::Result::Error),
                        s.count(Case::Result::Skipped));
            for (const Case &c : s.cases)
                write(c);
            m_xml.writeEndElement();
        }
        m_xml.writeEndElement();
        m_xml.writeEndDocument();
    }

    void write(const Case &c)
    {
        m_xml.writeStartElement("testcase");
        m_xml.writeAttribute("classname", xmlText(c.suite));
        m_xml.writeAttribute("name", xmlText(c.name));
        if (!c.file.isEmpty())
            m_xml.writeAttribute("file", xmlText(c.file));
        if (c.line > 0)
            m_xml.writeAttribute("line", QString::number(c.line));
        const QString details = xmlText(c.lines.join(u'\n'));
        switch (c.result) {
        case Case::Result::Pass:
            if (!details.isEmpty())
                m_xml.writeTextElement("system-out", details);
            break;
        case Case::Result::Failure:
        case Case::Result::Error:
            m_xml.writeStartElement(c.result == Case::Result::Failure ? "failure" : "error");
            m_xml.writeAttribute("type", c.result == Case::Result::Failure ? "fail" : "unknown");
            m_xml.writeAttribute("message", xmlText(c.message));
            m_xml.writeCharacters(details);
            m_xml.writeEndElement();
            break;
        case Case::Result::Skipped:
            m_xml.writeStartElement("skipped");
            m_xml.writeAttribute("message", xmlText(c.message));
            m_xml.writeEndElement();
            if (!details.isEmpty())
                m_xml.writeTextElement("system-out", details);
            break;
        }
        m_xml.writeEndElement();
    }

    const Judged &m_judged;
    const ReportOptions &m_options;
    Places m_places;
    std::vector<Suite> m_suites;
    QByteArray m_bytes;
    QXmlStreamWriter m_xml{&m_bytes};
};

} // namespace

QByteArray junitReport(const Judged &judged, const ReportOptions &options)
{
    return Report(judged, options).xml();
}

} // namespace tenken::app
