// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <expat.h>

#include <algorithm>
#include <memory>

// Taurus' final stats as XML: a group for each label, the one without a name is the sum. Values in seconds stand in
// attributes: <perc value="1.29300" param="95.0">.

namespace tenken
{

namespace
{

constexpr size_t mostLabels = 100;

struct Group {
    QString label;
    LoadAggregate figures;
    QMap<QString, qint64> codes;
};

struct State {
    std::vector<Group> groups;
    std::string text;
    double seconds = 0;
    bool inDuration = false;
    XML_Parser parser = nullptr;
};

double attribute(const char **attributes, std::string_view name)
{
    for (; *attributes; attributes += 2) {
        if (name == attributes[0])
            return parseNumber(attributes[1]).value_or(-1);
    }
    return -1;
}

void takeFigure(Group &group, std::string_view element, const char **attributes)
{
    const double value = attribute(attributes, "value"), param = attribute(attributes, "param");
    LoadAggregate &figures = group.figures;
    if (element == "throughput")
        figures.completed = countFrom(value).value_or(0);
    else if (element == "fail")
        figures.failed = countFrom(value).value_or(0);
    else if (element == "concurrency" && value > 0)
        figures.users = value;
    else if (element == "avg_rt" && value >= 0)
        figures.meanMs = value * 1000;
    else if (element == "perc" && param == 0)
        figures.minMs = value * 1000;
    else if (element == "perc" && value >= 0)
        addPercentile(figures, param / 100, value * 1000);
    else if (element == "rc" && param >= 400 && param < 1000)
        group.codes[QStringLiteral("HTTP %1").arg(int(param))] += countFrom(value).value_or(0);
    if (element == "perc" && param == 100)
        figures.maxMs = value * 1000;
}

void startElement(void *data, const char *name, const char **attributes)
{
    State &state = *static_cast<State *>(data);
    const std::string_view element(name);
    state.inDuration = element == "TestDuration";
    if (element == "Group" && state.groups.size() <= mostLabels) {
        state.groups.emplace_back();
        for (const char **at = attributes; *at; at += 2) {
            if (std::string_view(at[0]) == "label")
                state.groups.back().label = QString::fromUtf8(at[1]).left(200);
        }
    } else if (!state.groups.empty()) {
        takeFigure(state.groups.back(), element, attributes);
    }
}

void endElement(void *data, const char *name)
{
    State &state = *static_cast<State *>(data);
    if (std::string_view(name) == "TestDuration")
        state.seconds = parseNumber(state.text).value_or(0);
    state.inDuration = false;
}

void characters(void *data, const char *text, int length)
{
    State &state = *static_cast<State *>(data);
    if (state.inDuration && state.text.size() < 100)
        state.text.append(text, size_t(length));
}

/// Entities are refused altogether: no such file declares one.
void entityDeclared(void *data, const char *, int, const char *, int, const char *, const char *, const char *, const char *)
{
    XML_StopParser(static_cast<State *>(data)->parser, XML_FALSE);
}

bool parse(const std::string &text, State &state)
{
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr), XML_ParserFree);
    if (!parser)
        return false;
    state.parser = parser.get();
    XML_SetUserData(parser.get(), &state);
    XML_SetElementHandler(parser.get(), startElement, endElement);
    XML_SetCharacterDataHandler(parser.get(), characters);
    XML_SetEntityDeclHandler(parser.get(), entityDeclared);
    return XML_Parse(parser.get(), text.data(), int(text.size()), 1) == XML_STATUS_OK;
}

} // namespace

bool isTaurusXml(std::string_view head)
{
    return head.contains("<FinalStatus");
}

Result<LoadTestRun> readTaurusXml(LineReader &lines)
{
    const std::optional<std::string> text = lines.rest(16 * 1024 * 1024);
    State state;
    if (!text || !parse(*text, state)) {
        return failure(unreadableSummary(
            {QStringLiteral("Taurus の XML が途中で切れているか、壊れています。"), QStringLiteral("Taurus' XML is cut off or broken.")},
            {QStringLiteral("もう一度書き出してください。"), QStringLiteral("Write it again.")}));
    }
    LoadTestRun run;
    run.tool = QStringLiteral("taurus");
    run.hasClock = false;
    run.latencyMeaning = QStringLiteral("as the tool that Taurus ran measured it");
    run.percentileMeaning = {QStringLiteral("Taurus の定義: ms に丸めた HdrHistogram"),
                             QStringLiteral("Taurus' own: HdrHistogram rounded to milliseconds")};
    for (Group &group : state.groups) {
        if (group.label.isEmpty() && !run.whole) {
            run.whole = group.figures;
            run.errorKinds = group.codes;
        } else {
            run.labels.push_back({group.label, group.figures.completed,
                                  std::min(group.figures.failed, group.figures.completed), {}, {}});
        }
    }
    std::ranges::stable_sort(run.labels, std::greater(), &LoadLabel::samples);
    if (run.whole)
        run.whole->end = std::clamp(state.seconds, 0.0, 1e7);
    if (run.whole && run.whole->end > 0)
        addStretch(run, *run.whole);
    else
        run.missing.push_back(durationMissing());
    run.missing.push_back({QStringLiteral("段ごとの値は最終結果にありません。Taurus が動かしたツールの結果（kpi.jtl など）を指定してください。"),
                           QStringLiteral("Figures of each level are not in the final stats: name the result of the tool "
                                          "that Taurus ran, such as kpi.jtl.")});
    settleSummary(run);
    return run;
}

} // namespace tenken
