// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/fields.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/jmeterfields.h>
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/rows.h>
#include <evidence/loadtest/sending.h>
#include <evidence/loadtest/vegeta.h>

#include <simdjson.h>

#include <algorithm>
#include <cmath>

// vegeta's results as `vegeta encode` prints them: JSON lines, or CSV of 6 (up to 6.x), 7, 9 or 12 columns.
// A result's time is the request's START. Results of several files come in turn, not in the order of time.

namespace tenken
{

namespace
{

constexpr size_t mostAttacks = 200;
constexpr qint64 nsPerUs = 1000;

/// Go's errors are chains, "Get …: dial tcp 10.0.0.1:80: connect: connection refused"; ports and addresses in
/// the front would make each one a kind of its own.
std::string networkError(std::string_view text)
{
    const size_t colon = text.rfind(": ");
    return "network: " + std::string(colon == std::string_view::npos ? text : text.substr(colon + 2));
}

std::string errorKind(const VegetaResult &result)
{
    if (result.code == 0)
        return networkError(result.error.empty() ? "no answer" : result.error);
    return result.error.empty() ? statusKind(qint64(result.code)) : std::string(result.error);
}

} // namespace

VegetaRun::Attack &VegetaRun::attackOf(std::string_view name, qint64 startUs)
{
    if (m_recent && name == m_recentName)
        return *m_recent;
    auto known = m_attacks.find(name);
    if (known == m_attacks.end())
        known = m_attacks
                    .emplace(m_attacks.size() < mostAttacks ? std::string(name) : std::string(),
                             Attack{startUs, startUs, startUs, 0})
                    .first;
    m_recent = &known->second;
    m_recentName = known->first;
    return *m_recent;
}

bool VegetaRun::add(const VegetaResult &result)
{
    constexpr qint64 longestNs = 1'000'000'000'000'000;
    if (result.startNs < 0 || result.latencyNs < 0 || result.latencyNs > longestNs)
        return false;
    const qint64 startUs = result.startNs / nsPerUs;
    const qint64 latencyUs = (result.latencyNs + nsPerUs / 2) / nsPerUs;
    const bool failed = result.code > 399 || isFailure(qint64(result.code)) || !result.error.empty();
    if (!m_run.request(startUs, startUs + latencyUs, latencyUs, failed))
        return false;
    if (failed)
        m_run.error(errorKind(result));
    Attack &attack = attackOf(result.attack, startUs);
    attack.firstUs = std::min(attack.firstUs, startUs);
    attack.lastUs = std::max(attack.lastUs, startUs + latencyUs);
    attack.lastStartUs = std::max(attack.lastStartUs, startUs);
    ++attack.requests;
    return true;
}

double VegetaRun::Attack::sentUntil() const
{
    const double gapUs = requests > 1 ? double(lastStartUs - firstUs) / double(requests - 1) : HUGE_VAL;
    return std::min(double(lastUs), double(lastStartUs) + gapUs) / 1e6;
}

std::vector<LoadLevel> VegetaRun::levels(const LoadTestRun &run) const
{
    struct Sent {
        LoadLevel level; ///< to its last answer
        double lastStart = 0, until = 0;
    };
    std::vector<Sent> attacks;
    for (const auto &[name, attack] : m_attacks) {
        LoadLevel level;
        level.name = QString::fromStdString(name);
        level.start = double(attack.firstUs) / 1e6;
        level.end = double(attack.lastUs) / 1e6;
        attacks.push_back({level, double(attack.lastStartUs) / 1e6, attack.sentUntil()});
    }
    std::ranges::sort(attacks, {}, [](const Sent &attack) { return attack.level.start; });
    std::vector<LoadLevel> levels;
    for (size_t i = 0; i < attacks.size(); ++i) {
        const double next = i + 1 < attacks.size() ? attacks[i + 1].level.start : HUGE_VAL;
        auto &[level, lastStart, until] = attacks[i];
        // Attacks at the same time (several targets) are one load. A slow last answer is no second attack, though.
        if (next < lastStart && atTheSameTime(level, attacks[i + 1].level))
            return {whileSending(run, wholeLevel(run))};
        level.end = std::min(until, std::max(next, lastStart));
        levels.push_back(level);
    }
    return levels;
}

LoadTestRun VegetaRun::finish()
{
    LoadTestRun run = m_run.finish({});
    run.tool = QStringLiteral("vegeta");
    run.model = LoadModel::Open;
    run.latencyMeaning = QStringLiteral("request sent to body read, connecting included (latency)");
    run.levels = levels(run);
    splitAtPauses(run);
    if (m_cut)
        addCutOff(run);
    return run;
}

namespace
{

namespace json = simdjson::ondemand;

template <typename Parse>
Result<LoadTestRun> readResults(LineReader &lines, Parse parse)
{
    VegetaRun run;
    const bool cut = readRows(lines, run, [&](std::string_view &line) {
        VegetaResult result;
        return parse(line, result) && run.add(result);
    });
    if (cut)
        run.cutOff();
    return run.finish();
}

bool parseJson(json::parser &parser, std::string_view line, VegetaResult &result)
{
    json::document document;
    json::object object;
    std::string_view time;
    const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + LineReader::padding);
    if (parser.iterate(padded).get(document) || document.get_object().get(object))
        return false;
    bool timed = false, measured = false;
    for (auto field : object) {
        std::string_view key;
        if (field.unescaped_key().get(key))
            return false;
        if (key == "timestamp") {
            if (field.value().get_string().get(time))
                return false;
            const std::optional<qint64> us = parseRfc3339(time);
            timed = us && *us >= 0 && *us < std::numeric_limits<qint64>::max() / nsPerUs;
            result.startNs = timed ? *us * nsPerUs : -1;
        } else if (key == "latency") {
            int64_t latency = 0;
            measured = !field.value().get_int64().get(latency);
            result.latencyNs = latency;
        } else if (key == "code") {
            uint64_t code = 0;
            if (field.value().get_uint64().get(code))
                return false;
            result.code = code;
        } else if (key == "attack" || key == "error") {
            std::string_view text;
            if (!field.value().get_string().get(text))
                (key == "attack" ? result.attack : result.error) = text;
        }
    }
    return timed && measured;
}

constexpr size_t leastColumns = 6;

bool parseCsv(JtlFields &fields, std::string_view line, VegetaResult &result)
{
    qint64 code = 0;
    if (!fields.splitPadded(line, 0) || fields.size() < leastColumns || !parseInteger(fields[0], result.startNs)
        || !parseInteger(fields[1], code) || !parseInteger(fields[2], result.latencyNs) || code < 0)
        return false;
    result.code = quint64(code);
    result.error = fields[5];
    result.attack = fields.size() > 7 ? fields[7] : std::string_view();
    return true;
}

std::string_view firstLine(std::string_view head)
{
    return head.substr(0, head.find('\n'));
}

} // namespace

bool isVegetaJson(std::string_view head)
{
    std::string line; // other programs write a space behind each colon when they filter the results
    for (const char c : firstLine(head)) {
        if (c != ' ' || line.empty() || line.back() != ':')
            line += c;
    }
    return line.starts_with('{') && line.find(R"("timestamp":")") != std::string_view::npos
        && line.find(R"("latency":)") != std::string_view::npos
        && line.find(R"("bytes_in":)") != std::string_view::npos;
}

Result<LoadTestRun> readVegetaJson(LineReader &lines)
{
    json::parser parser;
    return readResults(
        lines, [&](std::string_view line, VegetaResult &result) { return parseJson(parser, line, result); });
}

bool isVegetaCsv(std::string_view head)
{
    std::array<std::string_view, leastColumns> fields;
    const std::string_view line = firstLine(head);
    qint64 start = 0, code = 0, latency = 0, out = 0, in = 0;
    return splitFields(line, ',', fields) == leastColumns && fields[0].size() == 19
        && parseInteger(fields[0], start) && parseInteger(fields[1], code) && code >= 0 && code < 1000
        && parseInteger(fields[2], latency) && parseInteger(fields[3], out) && parseInteger(fields[4], in);
}

Result<LoadTestRun> readVegetaCsv(LineReader &lines)
{
    JtlFields fields(',');
    return readResults(lines, [&](std::string_view &line, VegetaResult &result) {
        for (int joined = 0; joined < 100 && JtlFields::openQuote(line, ','); ++joined) {
            if (!lines.extend(line)) // a stray quote: only its own line is lost
                return lines.backToFirstLine(), false;
        }
        return parseCsv(fields, line, result);
    });
}

} // namespace tenken
