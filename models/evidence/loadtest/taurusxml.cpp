// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>
#include <evidence/loadtest/taurus.h>

#include <expat.h>

#include <memory>

// Taurus' final stats as XML (dump-xml). Values stand in attributes: <perc value="1.29300" param="95.0">.

namespace tenken
{

namespace
{

struct State {
    TaurusGroups groups;
    std::string text;
    double seconds = 0;
    bool inDuration = false;
    XML_Parser parser = nullptr;
};

std::string_view attribute(const char **attributes, std::string_view name)
{
    for (; *attributes; attributes += 2) {
        if (name == attributes[0])
            return attributes[1];
    }
    return {};
}

void startElement(void *data, const char *name, const char **attributes)
{
    State &state = *static_cast<State *>(data);
    const std::string_view element(name);
    state.inDuration = element == "TestDuration";
    if (element == "Group") {
        state.groups.begin(attribute(attributes, "label"));
    } else {
        const double value = parseNumber(attribute(attributes, "value")).value_or(-1);
        state.groups.figure(element, attribute(attributes, "param"), value);
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
    return state.groups.finish(state.seconds);
}

} // namespace tenken
