// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/blocks.h>
#include <evidence/loadtest/fields.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/gatling.h>
#include <evidence/loadtest/model.h>
#include <evidence/loadtest/parse.h>

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>

// The text form of Gatling's simulation.log, 2.0 to 3.12. Four layouts exist, and headers name versions that
// do not match the columns below them, so columns are found by what they hold: a request's OK or KO from the
// right with its times before it, a user's START or END with its times behind it.

namespace tenken
{

namespace
{

using Fields = std::span<const std::string_view>;
constexpr qint64 farFuture = 100'000'000'000'000; // ms; beyond it the sum in µs could overflow

class GatlingReader : public RecordParser
{
public:
    std::unique_ptr<RecordParser> another() const override { return std::make_unique<GatlingReader>(); }
    std::unique_ptr<RecordParser> copy() const override { return std::make_unique<GatlingReader>(*this); }
    void parse(std::string_view text, bool openEnd) override;
    Result<LoadTestRun> finish() override;

private:
    void line(std::string_view text, qint64 number, bool cut);
    bool plainRequest(std::string_view text);
    bool plainUser(std::string_view text);
    bool record(std::string_view kind, Fields fields, bool firstLayout);
    bool request(Fields fields, bool firstLayout);
    bool sample(std::string_view label, qint64 startMs, qint64 endMs, bool failed, std::string_view message);
    bool user(Fields fields);
    void addMore(RecordParser &later) override;

    GatlingCounts m_counts;
};

/// Nearly all are milliseconds of thirteen digits.
inline bool parseStamp(std::string_view text, qint64 &ms)
{
    quint64 digits = 0;
    if (text.size() != 13 || !parseManyDigits(text, digits))
        return parseInteger(text, ms);
    ms = qint64(digits);
    return true;
}

/// The groups and the request's name, which stand side by side with a tab between them in every layout.
std::string_view labelOf(Fields fields, size_t name)
{
    if (name < 2)
        return fields[name];
    const char *begin = fields[name - 1].data();
    return {begin, size_t(fields[name].data() + fields[name].size() - begin)};
}

QString shownLabel(const QString &label)
{
    const qsizetype tab = label.indexOf(u'\t');
    QString groups = label.left(std::max<qsizetype>(0, tab));
    return groups.isEmpty() ? label.mid(tab + 1)
                            : groups.replace(u',', QStringLiteral(" / ")) + QStringLiteral(" / ") + label.mid(tab + 1);
}

bool GatlingReader::sample(std::string_view label, qint64 startMs, qint64 endMs, bool failed,
                           std::string_view message)
{
    if (endMs == std::numeric_limits<qint64>::min()) {
        ++m_counts.withoutEnd;
        return true;
    }
    if (startMs < 0 || startMs > endMs || endMs > farFuture)
        return false;
    if (!m_run.request(startMs * 1000, endMs * 1000, (endMs - startMs) * 1000, failed, label))
        return false;
    if (failed)
        m_run.error(message);
    return true;
}

// 3.4 and later, no fields but the seven that there should be: REQUEST groups name start end OK|KO message.
bool GatlingReader::plainRequest(std::string_view text)
{
    std::array<std::string_view, 8> fields;
    qint64 start = 0, end = 0;
    if (splitFields(text, '\t', fields) != 7 || (fields[5] != "OK" && fields[5] != "KO") || fields[6] == "OK"
        || fields[6] == "KO" || !parseStamp(fields[3], start) || !parseStamp(fields[4], end))
        return false;
    return sample(labelOf(fields, 2), start, end, fields[5] == "KO", fields[6]);
}

// 3.4 and later: USER scenario START|END time.
bool GatlingReader::plainUser(std::string_view text)
{
    std::array<std::string_view, 5> fields;
    qint64 time = 0;
    if (splitFields(text, '\t', fields) != 4 || !parseStamp(fields[3], time) || time < 0 || time > farFuture)
        return false;
    const bool start = fields[2] == "START";
    if (!start && fields[2] != "END")
        return false;
    return start ? m_run.userStart(time * 1000) : m_run.userEnd(time * 1000);
}

bool GatlingReader::request(Fields fields, bool firstLayout)
{
    const size_t before = firstLayout ? 4 : 2; // 2.0 and 2.1 print four times: start, sent, answered, end
    for (size_t i = fields.size(); i-- > before;) {
        if (fields[i] != "OK" && fields[i] != "KO")
            continue;
        qint64 start = 0, end = 0;
        if (!parseInteger(fields[i - before], start) || !parseInteger(fields[i - 1], end))
            continue; // a message that reads "OK"
        const std::string_view message = i + 1 < fields.size() ? fields[i + 1] : std::string_view();
        const std::string_view label =
            i > before + 1 ? labelOf(fields.first(i - before), i - before - 1) : std::string_view();
        return sample(label, start, end, fields[i] == "KO", message);
    }
    return false;
}

bool GatlingReader::user(Fields fields)
{
    for (size_t i = 0; i + 1 < fields.size(); ++i) {
        const bool start = fields[i] == "START";
        if (!start && fields[i] != "END")
            continue;
        // START is followed by its own time, END by the start's (layouts before 3.4) and then its own.
        qint64 time = 0, own = 0;
        if (!parseInteger(fields[i + 1], time) || time < 0)
            continue; // a scenario of that name
        if (!start && i + 2 < fields.size() && parseInteger(fields[i + 2], own) && own > 0)
            time = own;
        if (time > farFuture)
            return false;
        return start ? m_run.userStart(time * 1000) : m_run.userEnd(time * 1000);
    }
    return false;
}

bool GatlingReader::record(std::string_view kind, Fields fields, bool firstLayout)
{
    if (kind == "REQUEST")
        return request(fields, firstLayout);
    if (kind == "USER")
        return user(fields);
    if (kind == "RUN")
        m_counts.version = fields.back();
    else if (kind == "ERROR")
        ++m_counts.scenarioErrors;
    else if (kind != "GROUP" && kind != "ASSERTION")
        return false;
    return true;
}

void GatlingReader::line(std::string_view text, qint64 number, bool cut)
{
    if (text.empty() || (text.starts_with("REQUEST\t") && plainRequest(text)) || (text.starts_with("USER\t") && plainUser(text)))
        return;
    std::array<std::string_view, 24> fields;
    const size_t count = splitFields(text, '\t', fields);
    const Fields all(fields.data(), count);
    static constexpr std::string_view kinds[] = {"REQUEST", "USER", "RUN", "GROUP", "ERROR", "ASSERTION"};
    bool understood = false;
    if (std::ranges::find(kinds, fields[0]) != std::end(kinds))
        understood = record(fields[0], all, false);
    else if (count > 3)
        understood = record(fields[2], all, true);
    if (!understood && cut)
        m_counts.cut = true;
    else if (!understood)
        m_run.skip(number);
}

void GatlingReader::parse(std::string_view text, bool openEnd)
{
    eachLine(text, openEnd, [this](std::string_view text, qint64 number, bool cut) { line(text, number, cut); });
}

void GatlingReader::addMore(RecordParser &later)
{
    auto &other = static_cast<GatlingReader &>(later);
    GatlingCounts more = std::exchange(other.m_counts, {});
    if (!more.version.empty())
        m_counts.version = std::move(more.version);
    m_counts.withoutEnd += more.withoutEnd;
    m_counts.scenarioErrors += more.scenarioErrors;
    m_counts.cut = m_counts.cut || more.cut;
}

Result<LoadTestRun> GatlingReader::finish()
{
    LoadTestRun run = finishGatling(m_run, m_counts);
    for (LoadLabel &label : run.labels)
        label.name = shownLabel(label.name);
    return run;
}

} // namespace

LoadTestRun finishGatling(RunBuilder &builder, const GatlingCounts &counts)
{
    const bool hasUsers = builder.hasArrivals();
    LoadTestRun run = builder.finish(
        {.users = hasUsers ? UsersFrom::StartsAndEnds : UsersFrom::Nowhere, .arrivals = hasUsers});
    run.tool = QStringLiteral("gatling");
    run.toolVersion = QString::fromStdString(counts.version);
    run.latencyMeaning = QStringLiteral("request sent to response received (end − start)");
    run.model = modelFromUsers(run);
    if (counts.withoutEnd > 0) {
        run.remarks.push_back(Text{"応答の終わりがない %1 件は計測に含めません。",
                                   "%1 requests have no end and are not measured."}
                                  .arg(counts.withoutEnd));
    }
    if (counts.scenarioErrors > 0) {
        run.remarks.push_back(Text{"シナリオのエラー（ERROR 行）が %1 件あります。リクエストには数えません。",
                                   "%1 scenario errors (ERROR lines); they are not counted as requests."}
                                  .arg(counts.scenarioErrors));
    }
    if (counts.cut)
        addCutOff(run);
    return run;
}

bool isGatlingText(std::string_view head)
{
    for (const std::string_view start : {"RUN\t", "ASSERTION\t", "USER\t", "REQUEST\t"}) {
        if (head.starts_with(start))
            return true;
    }
    std::array<std::string_view, 24> fields;
    return splitFields(head.substr(0, head.find('\n')), '\t', fields) > 3
        && (fields[2] == "RUN" || fields[2] == "USER" || fields[2] == "REQUEST");
}

Result<LoadTestRun> readGatlingText(LineReader &lines)
{
    return readRecords(lines, gatlingTextParser(lines.head()));
}

std::unique_ptr<RecordParser> gatlingTextParser(std::string_view)
{
    return std::make_unique<GatlingReader>();
}

} // namespace tenken
