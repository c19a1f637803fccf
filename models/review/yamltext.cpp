// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/yamltext.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

/// What a reader might drop, fold, or an editor not show.
bool mustBeEscaped(QChar c)
{
    const ushort u = c.unicode();
    return u < 0x20 || (u >= 0x7f && u <= 0xa0) || u == 0xad || u == 0x200b || u == 0x200e || u == 0x200f
        || (u >= 0x2028 && u <= 0x202e) || (u >= 0x2060 && u <= 0x206f) || u == 0xfeff || u >= 0xfffe;
}

/// A word, a name, a sentence or a URL: starts with a letter, holds nothing that YAML gives a meaning to, and
/// is no word that some reader takes for a boolean or null.
bool isPlain(const QString &value)
{
    static const QRegularExpression reserved(
        QStringLiteral("^(y|yes|n|no|true|false|on|off|null)$"), QRegularExpression::CaseInsensitiveOption);
    if (!value.front().isLetter() || value.back().isSpace() || value.endsWith(u':')
        || reserved.match(value).hasMatch())
        return false;
    if (value.contains(u": ") || value.contains(u" #"))
        return false;
    return std::ranges::none_of(value,
                                [](QChar c) { return mustBeEscaped(c) || (c.isSpace() && c != u' '); });
}

bool isBlock(const QString &value)
{
    const QStringList lines = value.split(u'\n');
    const auto fits = [](const QString &line) {
        return std::ranges::none_of(line, mustBeEscaped) && (line.isEmpty() || !line.back().isSpace());
    };
    // A first line that is empty or starts with a space would hide the indentation; trailing empty lines get
    // lost.
    return !lines.front().isEmpty() && !lines.front().front().isSpace() && !lines.back().isEmpty()
        && std::ranges::all_of(lines, fits);
}

QByteArray escaped(QChar c)
{
    switch (c.unicode()) {
    case u'\n': return "\\n";
    case u'\t': return "\\t";
    case u'\r': return "\\r";
    case 0: return "\\0";
    default: break;
    }
    return (c.unicode() < 0x100 ? QByteArrayLiteral("\\x") : QByteArrayLiteral("\\u"))
        + QByteArray::number(c.unicode(), 16).rightJustified(c.unicode() < 0x100 ? 2 : 4, '0');
}

QByteArray flowScalar(Yaml node)
{
    static const QRegularExpression safe(QStringLiteral("^[\\w.+-]([\\w.+ -]*[\\w.+-])?$"));
    const QString text = node.string();
    // Whatever else stands there plain can only be a string.
    return !node.isQuoted() && safe.match(text).hasMatch() ? text.toUtf8() : yamlQuoted(text);
}

} // namespace

QByteArray yamlQuoted(const QString &value)
{
    QByteArray out = "\"";
    QString run;
    const auto flush = [&] {
        out += run.toUtf8();
        run.clear();
    };
    for (const QChar c : value) {
        if (c == u'"' || c == u'\\') {
            run += u'\\';
            run += c;
        } else if (mustBeEscaped(c)) {
            flush();
            out += escaped(c);
        } else {
            run += c;
        }
    }
    flush();
    return out + '"';
}

QByteArray yamlScalar(const QString &value)
{
    return !value.isEmpty() && isPlain(value) ? value.toUtf8() : yamlQuoted(value);
}

QByteArray yamlLine(const QByteArray &key, const QString &value)
{
    return value.isEmpty() ? key + ':' : key + ": " + yamlScalar(value);
}

QByteArrayList yamlText(const QByteArray &key, const QString &value, int indent)
{
    if (value.isEmpty() || !isBlock(value))
        return {value.isEmpty() ? key + ':' : key + ": " + yamlQuoted(value)};
    QByteArrayList lines{key + ": |-"};
    const QByteArray spaces(indent + 2, ' ');
    for (const QString &line : value.split(u'\n'))
        lines.append(line.isEmpty() ? QByteArray() : spaces + line.toUtf8());
    return lines;
}

QByteArray yamlFlow(Yaml node)
{
    const std::string_view tag = node.tag();
    QByteArray out = tag.empty() ? QByteArray() : QByteArray(tag.data(), qsizetype(tag.size())) + ' ';
    switch (node.kind()) {
    case Yaml::Kind::Missing:
    case Yaml::Kind::Null:
        return out + "null";
    case Yaml::Kind::Scalar:
        return out + flowScalar(node);
    case Yaml::Kind::Sequence: {
        QByteArrayList items;
        for (Yaml item : node.items())
            items.append(yamlFlow(item));
        return out + '[' + items.join(", ") + ']';
    }
    case Yaml::Kind::Map:
        break;
    }
    QByteArrayList entries;
    for (const auto &[key, value] : node.entries())
        entries.append(yamlFlow(key) + ": " + yamlFlow(value));
    return out + '{' + entries.join(", ") + '}';
}

} // namespace tenken
