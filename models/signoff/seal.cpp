// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/seal.h>

#include <signoff/cms.h>
#include <signoff/pdfupdate.h>

#include <QTimeZone>

#include <algorithm>

namespace tenken {

namespace {

constexpr qsizetype roomBytes = 24'000; // a chain of three, and a timestamp with its own
constexpr int widthOfNumber = 10;

std::unexpected<Problem> refused(const Text &why)
{
    return failure({{}, {}, why, {}});
}

const QString timeForm = QStringLiteral("yyyyMMddHHmmss");

QByteArray signatureObject(const QDateTime &at)
{
    const QByteArray number = ' ' + QByteArray(widthOfNumber, ' ');
    return "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:"
        + at.toUTC().toString(timeForm).toLatin1() + "Z) /ByteRange [0" + number + number + number
        + "] /Contents <" + QByteArray(2 * roomBytes, '0') + "> >>";
}

/// The field on the last page: it takes no room there.
Result<void> addField(PdfUpdate &update, int signature)
{
    const auto pages = update.file().pages();
    const auto catalog = update.file().catalog();
    if (!pages || pages->empty() || !catalog || catalog->find("AcroForm"))
        return refused({"封印できる PDF ではありません。", "This PDF cannot be sealed."});
    auto page = update.dictionaryOf(pages->back());
    const PdfValue *old = page ? page->find("Annots") : nullptr;
    const auto notes = old ? update.file().resolved(*old) : Result<PdfObject>(PdfObject{PdfValue::array({})});
    if (!page || !notes || notes->value.kind != PdfValue::Kind::Array)
        return refused({"最後のページを読めません。", "The last page cannot be read."});
    const int field = update.add(PdfValue::dictionary({{"Type", PdfValue::name("Annot")},
                                                       {"Subtype", PdfValue::name("Widget")},
                                                       {"FT", PdfValue::name("Sig")},
                                                       {"T", PdfValue::text("Seal")},
                                                       {"V", PdfValue::reference(signature)},
                                                       {"F", PdfValue::number(132)},
                                                       {"Rect", PdfValue::rectangle(0, 0, 0, 0)},
                                                       {"P", PdfValue::reference(pages->back())}}));
    PdfValue all = notes->value;
    all.items.push_back(PdfValue::reference(field));
    page->set("Annots", std::move(all));
    update.replace(pages->back(), *page);
    return update.setInCatalog(
        "AcroForm",
        PdfValue::dictionary(
            {{"Fields", PdfValue::array({PdfValue::reference(field)})}, {"SigFlags", PdfValue::number(3)}}));
}

/// The time that a seal at the end of the file says; invalid where there is none.
QDateTime timeIn(QByteArrayView tail)
{
    const QByteArrayView before = "/SubFilter /ETSI.CAdES.detached /M (D:";
    const qsizetype at = tail.indexOf(before);
    if (at < 0 || tail.size() < at + before.size() + timeForm.size())
        return {};
    QDateTime time = QDateTime::fromString(
        QString::fromLatin1(tail.sliced(at + before.size(), timeForm.size())), timeForm);
    time.setTimeZone(QTimeZone::UTC);
    return time;
}

} // namespace

Result<SealRoom> roomForSeal(const QByteArray &document, const QDateTime &at)
{
    auto read = PdfFile::read(document);
    if (!read)
        return failure(read.error());
    PdfUpdate update(*std::move(read));
    const QByteArray object = signatureObject(at);
    const int signature = update.addWritten(object);
    if (const auto added = addField(update, signature); !added)
        return failure(added.error());
    SealRoom room{update.save()};
    const qsizetype start = room.file.indexOf(object, document.size());
    room.from = start + object.indexOf("/Contents <") + 10;
    room.size = 2 * roomBytes + 2;
    qsizetype place = start + object.indexOf("/ByteRange [0") + 13;
    for (const qsizetype number :
         {room.from, room.from + room.size, room.file.size() - room.from - room.size}) {
        room.file.replace(place, widthOfNumber + 1,
                          ' ' + QByteArray::number(number).leftJustified(widthOfNumber, ' '));
        place += widthOfNumber + 1;
    }
    return room;
}

Result<QByteArray> sealed(SealRoom room, const QByteArray &cms)
{
    if (cms.size() > roomBytes)
        return refused({"署名が大きすぎて PDF に入りません。", "The signature is too large for its place in the PDF."});
    room.file.replace(room.from + 1, 2 * cms.size(), cms.toHex());
    return room.file;
}

std::optional<Seal> readSeal(const QByteArray &file, const QByteArray &document)
{
    if (file.size() <= document.size() || !file.startsWith(document))
        return std::nullopt;
    const QDateTime at = timeIn(QByteArrayView(file).sliced(document.size()));
    const auto room = at.isValid() ? roomForSeal(document, at) : Result<SealRoom>(failure({}));
    if (!room || room->file.size() != file.size())
        return std::nullopt;
    // Made again, it must be the same to the byte, but for what stands in the place.
    const QByteArray hex = file.sliced(room->from + 1, room->size - 2);
    const bool plain =
        std::ranges::all_of(hex, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    SealRoom own{file, room->from, room->size};
    if (!plain || file[room->from] != '<' || file[room->from + room->size - 1] != '>'
        || own.covered() != room->covered())
        return std::nullopt;
    const QByteArray bytes = QByteArray::fromHex(hex);
    const auto size = derSize(bytes);
    if (!size || bytes[0] != 0x30 || std::ranges::any_of(bytes.sliced(*size), [](char c) { return c != 0; }))
        return std::nullopt;
    return Seal{at, bytes.first(*size), own.covered()};
}

} // namespace tenken
