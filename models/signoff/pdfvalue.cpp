// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/pdfvalue.h>

#include <algorithm>

namespace tenken {

namespace {

QByteArray unescaped(QByteArrayView body)
{
    QByteArray out;
    for (qsizetype i = 0; i < body.size(); ++i) {
        if (body[i] != '\\' || i + 1 >= body.size()) {
            out += body[i];
            continue;
        }
        const char next = body[++i];
        if (next >= '0' && next <= '7') {
            int code = next - '0';
            for (int more = 0; more < 2 && i + 1 < body.size() && body[i + 1] >= '0' && body[i + 1] <= '7';
                 ++more)
                code = code * 8 + (body[++i] - '0');
            out += char(code & 0xff);
        } else if (const qsizetype plain = QByteArrayView("nrtbf").indexOf(next); plain >= 0) {
            out += "\n\r\t\b\f"[plain];
        } else if (next != '\n' && next != '\r') {
            out += next;
        }
    }
    return out;
}

} // namespace

PdfValue PdfValue::name(const QByteArray &word) { return {Kind::Name, word}; }
PdfValue PdfValue::number(qint64 value) { return {Kind::Number, QByteArray::number(value)}; }

PdfValue PdfValue::real(double points)
{
    QByteArray text = QByteArray::number(points, 'f', 3);
    while (text.endsWith('0'))
        text.chop(1);
    if (text.endsWith('.'))
        text.chop(1);
    return {Kind::Number, text};
}

PdfValue PdfValue::rectangle(double left, double bottom, double right, double top)
{
    return array({real(left), real(bottom), real(right), real(top)});
}

PdfValue PdfValue::reference(int object)
{
    PdfValue value{Kind::Reference};
    value.object = object;
    return value;
}

PdfValue PdfValue::text(const QByteArray &ascii)
{
    QByteArray token = "(";
    for (const char c : ascii) {
        if (c == '(' || c == ')' || c == '\\')
            token += '\\';
        token += c;
    }
    return {Kind::String, token + ')'};
}

PdfValue PdfValue::array(std::vector<PdfValue> items)
{
    PdfValue value{Kind::Array};
    value.items = std::move(items);
    return value;
}

PdfValue PdfValue::dictionary(std::vector<std::pair<QByteArray, PdfValue>> entries)
{
    PdfValue value{Kind::Dictionary};
    for (auto &[key, entry] : entries) {
        value.keys.push_back(key);
        value.items.push_back(std::move(entry));
    }
    return value;
}

const PdfValue *PdfValue::find(const QByteArray &key) const
{
    const auto found = std::ranges::find(keys, key);
    return found == keys.end() ? nullptr : &items[size_t(found - keys.begin())];
}

void PdfValue::set(const QByteArray &key, PdfValue value)
{
    if (const PdfValue *old = find(key)) {
        const auto index = old - items.data();
        keys.erase(keys.begin() + index);
        items.erase(items.begin() + index);
    }
    keys.push_back(key);
    items.push_back(std::move(value));
}

std::optional<qint64> PdfValue::integer() const
{
    bool good = false;
    const qint64 value = kind == Kind::Number ? token.toLongLong(&good) : 0;
    return good ? std::optional(value) : std::nullopt;
}

QByteArray PdfValue::string() const
{
    if (kind != Kind::String)
        return {};
    if (token.startsWith('<'))
        return QByteArray::fromHex(token.sliced(1, token.size() - 2));
    return unescaped(QByteArrayView(token).sliced(1, token.size() - 2));
}

QByteArray PdfValue::written() const
{
    QByteArray out;
    switch (kind) {
    case Kind::Null:
        return "null";
    case Kind::Boolean:
    case Kind::Number:
    case Kind::String:
        return token;
    case Kind::Name:
        return '/' + token;
    case Kind::Reference:
        return QByteArray::number(object) + " 0 R";
    case Kind::Array:
        for (const PdfValue &item : items)
            out += ' ' + item.written();
        return '[' + out + " ]";
    case Kind::Dictionary:
        for (size_t i = 0; i < keys.size(); ++i)
            out += " /" + keys[i] + ' ' + items[i].written();
        return "<<" + out + " >>";
    }
    return out;
}

} // namespace tenken
