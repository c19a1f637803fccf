// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/pdffile.h>

#include <QCryptographicHash>
#include <QStringDecoder>

namespace tenken {

namespace {

constexpr size_t mostAttachments = 500;
constexpr qsizetype mostBytes = 192 * 1024 * 1024; // of all of them, unpacked

std::unexpected<Problem> broken(const Text &what)
{
    return failure(
        {{},
         {},
         Text{"PDF の添付を読めません(%1)。", "The PDF's attachments cannot be read (%1)."}.arg(what),
         {}});
}

/// The one name of an attachment. The list, the file's name and its name in Unicode are what different
/// viewers go by: where they differ, people would see another file than the one that was verified.
std::optional<QByteArray> nameOf(const PdfValue &key, const PdfValue &specification)
{
    const QByteArray name = pdfText(key.string());
    for (const char *entry : {"F", "UF"}) {
        const PdfValue *other = specification.find(entry);
        if (other && pdfText(other->string()) != name)
            return std::nullopt;
    }
    return name;
}

/// Where its bytes lie: in one place, for viewers that look under either key.
const PdfValue *placeOf(const PdfValue &files)
{
    const PdfValue *plain = files.find("F"), *unicode = files.find("UF");
    return plain && unicode && plain->written() != unicode->written() ? nullptr : plain;
}

} // namespace

Result<std::vector<std::pair<PdfValue, PdfValue>>> PdfFile::fileNames() const
{
    const auto root = catalog();
    if (!root)
        return failure(root.error());
    std::vector<std::pair<PdfValue, PdfValue>> found;
    const PdfValue *names = root->find("Names");
    if (!names)
        return found;
    const auto lists = dictionary(*names);
    const PdfValue *files = lists ? lists->find("EmbeddedFiles") : nullptr;
    if (!files)
        return lists ? Result<std::vector<std::pair<PdfValue, PdfValue>>>(found) : failure(lists.error());
    const auto tree = dictionary(*files);
    const PdfValue *list = tree && !tree->find("Kids") ? tree->find("Names") : nullptr;
    if (!list || list->kind != PdfValue::Kind::Array || list->items.size() % 2 != 0
        || list->items.size() > 2 * mostAttachments)
        return broken({"一覧", "their list"});
    for (size_t i = 0; i + 1 < list->items.size(); i += 2)
        found.emplace_back(list->items[i], list->items[i + 1]);
    return found;
}

bool PdfFile::isAsStated(const PdfObject &stream, const QByteArray &bytes) const
{
    const PdfValue *entry = stream.value.find("Params");
    if (!entry)
        return true;
    const auto stated = dictionary(*entry);
    const PdfValue *size = stated ? stated->find("Size") : nullptr;
    const PdfValue *sum = stated ? stated->find("CheckSum") : nullptr;
    return stated && (!size || size->integer() == bytes.size())
        && (!sum || sum->string() == QCryptographicHash::hash(bytes, QCryptographicHash::Md5));
}

Result<std::vector<PdfAttachment>> PdfFile::attachments() const
{
    const auto entries = fileNames();
    if (!entries)
        return failure(entries.error());
    std::vector<PdfAttachment> found;
    qsizetype all = 0;
    for (const auto &[key, value] : *entries) {
        const auto specification = dictionary(value);
        const auto name = specification ? nameOf(key, *specification) : std::nullopt;
        if (!name)
            return broken({"名前が一つに決まりません", "one has more than one name"});
        const PdfValue *files = specification->find("EF");
        const auto map =
            files ? dictionary(*files) : Result<PdfValue>(broken({"中身がありません", "one has no bytes"}));
        const PdfValue *place = map ? placeOf(*map) : nullptr;
        const auto stream = place ? resolved(*place)
                                  : Result<PdfObject>(broken(
                                      {"中身が一つに決まりません", "one has no bytes, or two sets of them"}));
        const auto bytes = stream ? content(*stream) : Result<QByteArray>(failure(stream.error()));
        if (!bytes)
            return failure(bytes.error());
        all += bytes->size();
        if (all > mostBytes)
            return broken({"大きすぎます", "they are too large"});
        found.push_back({*name, *bytes, isAsStated(*stream, *bytes)});
    }
    return found;
}

QByteArray pdfText(const QByteArray &string)
{
    if (!string.startsWith("\xfe\xff"))
        return string;
    QStringDecoder decode(QStringDecoder::Utf16BE);
    return QString(decode(string.sliced(2))).toUtf8();
}

} // namespace tenken
