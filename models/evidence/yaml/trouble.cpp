// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/yaml/reader.h>

#include <QStringView>
#include <QUtf8StringView>

#include <algorithm>
#include <array>

namespace tenken {

namespace {

struct Trouble {
    std::string_view complaint; ///< how yaml-cpp's words begin
    Text message;
    Text hint;
};

const Text indentHint{"字下げとコロンの位置を確かめてください。「: 」を含む値は引用符で囲みます",
                      "check the indentation and the colons; quote a value that contains “: ”"};
const Text bracketHint{"`[` と `]`、`{` と `}` の対応を確かめてください", "check that `[` and `]`, `{` and `}` are in pairs"};
const Text quoteHint{"引用符 (\" または ') を閉じてください", "close the quotation mark (\" or ')"};

const std::array troubles{
    Trouble{"illegal EOF in scalar", {"引用符が閉じられていません", "a quotation mark is never closed"}, quoteHint},
    Trouble{"illegal document indicator in scalar",
            {"引用符が閉じられないまま `---` があります", "`---` stands inside quotation marks that are not closed"}, quoteHint},
    Trouble{"end of map flow not found", {"`{` が閉じられていません", "a `{` is never closed"}, bracketHint},
    Trouble{"end of sequence flow not found", {"`[` が閉じられていません", "a `[` is never closed"}, bracketHint},
    Trouble{"illegal flow end", {"対応する括弧がありません", "a closing bracket has no opening one"}, bracketHint},
    Trouble{"end of map not found", {"マップの途中に別のものがあります", "something that is no key stands in a map"}, indentHint},
    Trouble{"end of sequence not found",
            {"リストの途中に別のものがあります", "something that is no `- ` entry stands in a list"}, indentHint},
    Trouble{"illegal map value", {"ここにコロンは置けません", "a colon cannot stand here"}, indentHint},
    Trouble{"illegal map key", {"ここにキーは置けません", "a key cannot stand here"}, indentHint},
    Trouble{"illegal block entry", {"ここにリストの `- ` は置けません", "a list entry `- ` cannot stand here"},
            {"リストは次の行から始め、字下げをそろえてください", "begin the list on its own line and align its entries"}},
    Trouble{"the referenced anchor is not defined",
            {"別名(*)の指すアンカー(&)がありません", "the alias (*) names an anchor (&) that does not exist"},
            {"アンカーは同じ文書の中で、別名より前に書きます。`*` で始まる文字列は引用符で囲んでください",
             "an anchor stands earlier in the same document; quote a text that begins with `*`"}},
    Trouble{"alias not found after *", {"`*` の後に名前がありません", "no name follows `*`"},
            {"`*` で始まる文字列は引用符で囲んでください", "quote a text that begins with `*`"}},
    Trouble{"anchor not found after &", {"`&` の後に名前がありません", "no name follows `&`"},
            {"`&` で始まる文字列は引用符で囲んでください", "quote a text that begins with `&`"}},
    Trouble{"unknown escape character", {"知らないエスケープです", "unknown escape sequence"},
            {"`\\` をそのまま書くなら、' で囲んでください", "put the text in ' marks to write `\\` as it is"}},
    Trouble{"invalid unicode", {"文字コードの指定が正しくありません", "not a character code"},
            {"\\u の後は16進数4桁です", "four hexadecimal digits follow \\u"}},
    Trouble{"bad character found while scanning hex",
            {"16進数ではありません", "not a hexadecimal number"},
            {"`\\` をそのまま書くなら、' で囲んでください", "put the text in ' marks to write `\\` as it is"}},
    Trouble{"unknown token", {"この文字で値を始めることはできません", "a value cannot begin with this character"},
            {"`@`、`` ` ``、`%` で始まる文字列は引用符で囲んでください", "quote a text that begins with `@`, `` ` `` or `%`"}},
    Trouble{"bad file", {"入れ子が深すぎます", "is nested too deeply"}, bracketHint},
};

std::string_view lineAt(std::string_view text, uint32_t offset)
{
    offset = std::min<uint32_t>(offset, static_cast<uint32_t>(text.size()));
    const size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    const size_t first = before == std::string_view::npos ? 0 : before + 1;
    return text.substr(first, std::min(text.find('\n', first), text.size()) - first);
}

/// What an unquoted value within brackets holds from its first character to where it was meant to end, when the
/// parser stopped inside it: a character that means something else there stands at `offset`. Else empty.
std::string_view unquotedAround(std::string_view text, uint32_t offset)
{
    if (offset >= text.size() || !std::string_view("?:[{").contains(text[offset]))
        return {};
    const std::string_view line = lineAt(text, offset);
    const size_t at = offset - static_cast<size_t>(line.data() - text.data());
    const std::string_view before = line.substr(0, at);
    const size_t key = before.rfind(": "), opener = before.find_last_of("{[,");
    if (opener == std::string_view::npos) // brackets of another line: which is the wrong one is not known
        return {};
    const size_t open = key == std::string_view::npos || key < opener ? opener : key;
    const size_t first = before.find_first_not_of(" \t", open + 1);
    if (first == std::string_view::npos || before.find_first_of("\"']}", first) != std::string_view::npos)
        return {};
    size_t end = at;
    for (int depth = 0; end < line.size(); ++end) {
        const char c = line[end];
        depth += c == '[' || c == '{';
        if (depth == 0 && (c == ',' || c == ']' || c == '}'))
            break;
        depth -= c == ']' || c == '}';
    }
    const size_t last = line.substr(0, end).find_last_not_of(" \t\r");
    return line.substr(first, last + 1 - first);
}

Text quoteIt(std::string_view value)
{
    constexpr qsizetype most = 80;
    QString quoted = QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
    if (quoted.size() > most)
        quoted = quoted.first(most) + u'…';
    const bool plain = !quoted.contains(u'"') && !quoted.contains(u'\\');
    quoted = plain ? u'"' + quoted + u'"' : u'\'' + quoted.replace(u'\'', QStringLiteral("''")) + u'\'';
    return Text{"引用符で囲んでください: `%1`", "quote it: `%1`"}.arg(quoted);
}

bool isIndentedByTab(std::string_view line)
{
    const size_t first = line.find_first_not_of(" \t");
    return line.substr(0, std::min(first, line.size())).contains('\t');
}

bool isHelmTemplate(std::string_view text, std::string_view line)
{
    const size_t brace = line.find("{{");
    const bool github = brace != std::string_view::npos && brace > 0 && line[brace - 1] == '$';
    return (brace != std::string_view::npos && !github) || text.contains("{{-") || text.contains("{{ .Values")
        || text.contains("{{ include");
}

bool looksLikeUtf16(std::string_view text)
{
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
        return true;
    return text.size() >= 4 && ((text[0] != 0 && text[1] == 0 && text[2] != 0 && text[3] == 0)
                                || (text[0] == 0 && text[1] != 0 && text[2] == 0 && text[3] != 0));
}

/// The first byte that no YAML may hold, or npos. The usual text is passed over quickly.
size_t controlCharacter(std::string_view text)
{
    const auto isControl = [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return (u < 0x20 && u != '\t' && u != '\n' && u != '\r') || u == 0x7f;
    };
    return static_cast<size_t>(std::ranges::find_if(text, isControl) - text.begin());
}

size_t invalidUtf8(std::string_view text)
{
    if (QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8())
        return text.size();
    size_t good = 0; // line by line: the place is only wanted to the line
    while (good < text.size()) {
        const size_t next = std::min(text.find('\n', good), text.size() - 1) + 1;
        if (!QUtf8StringView(text.data() + good, static_cast<qsizetype>(next - good)).isValidUtf8())
            break;
        good = next;
    }
    return good;
}

} // namespace

std::optional<Problem> yamlEncodingProblem(const YamlStore &store, const QString &file)
{
    const std::string_view text = store.bytes();
    const auto at = [&](size_t offset, const Text &message, const Text &hint) {
        const auto [line, column] = store.lineAndColumn(static_cast<uint32_t>(offset));
        return Problem{file, {line, column, line, column}, message, hint};
    };
    if (looksLikeUtf16(text))
        return at(0, {"UTF-16 で書かれています", "is written in UTF-16"},
                  {"UTF-8 に変えてください: `iconv -f UTF-16 -t UTF-8 元 > 先`",
                   "convert it to UTF-8: `iconv -f UTF-16 -t UTF-8 IN > OUT`"});
    if (const size_t bad = controlCharacter(text); bad < text.size())
        return at(bad, Text{"テキストではありません(制御文字 0x%1)", "is not a text file (control character 0x%1)"}
                           .arg(QString::number(static_cast<unsigned char>(text[bad]), 16).rightJustified(2, u'0')),
                  {"YAML か JSON のファイルを指してください", "name a YAML or JSON file"});
    if (const size_t bad = invalidUtf8(text); bad < text.size())
        return at(bad, {"UTF-8 ではありません", "is not valid UTF-8"},
                  {"UTF-8 に変えてください: `iconv -f CP932 -t UTF-8 元 > 先`",
                   "convert it to UTF-8: `iconv -f CP932 -t UTF-8 IN > OUT`"});
    return {};
}

void stopWithParserError(const YamlStore &store, YamlBuilder &builder, uint32_t offset, std::string_view complaint)
{
    const std::string_view text = store.bytes();
    const std::string_view line = lineAt(text, offset);
    const auto known = std::ranges::find_if(troubles, [&](const Trouble &t) { return complaint.starts_with(t.complaint); });
    Text message{"YAML として読めません", "cannot be read as YAML"};
    Text hint = indentHint;
    if (known != troubles.end()) {
        message = known->message;
        hint = known->hint;
    }
    const bool inBrackets = complaint.contains("flow not found") || complaint.starts_with("unknown token");
    const std::string_view value = inBrackets ? unquotedAround(text, offset) : std::string_view();
    if (!value.empty()) {
        message = Text{"括弧の中の値に「%1」を引用符なしで書くことはできません",
                       "a value in brackets cannot hold “%1” without quotation marks"}
                      .arg(QString(QLatin1Char(text[offset])));
        hint = quoteIt(value);
    }
    if (isHelmTemplate(text, line)) {
        message = {"Helm のテンプレートなので YAML として読めません", "this is a Helm template, not YAML"};
        hint = {"`helm template` で展開した結果を渡してください", "render it with `helm template` and give the result"};
    } else if (isIndentedByTab(line)) {
        message = {"字下げにタブが使われています", "a tab is used for indentation"};
        hint = {"タブを空白に変えてください", "use spaces instead"};
    }
    builder.stop(offset, message, hint);
}

} // namespace tenken
