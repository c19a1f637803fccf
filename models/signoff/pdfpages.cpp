// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/pdfupdate.h>

namespace tenken {

namespace {

constexpr qint64 largestImport = 32 * 1024 * 1024;

std::unexpected<Problem> refused(const Text &why)
{
    return failure({{}, {}, why, {}});
}

} // namespace

Result<PdfValue> PdfUpdate::copied(const PdfFile &from, const PdfValue &value, QMap<int, int> &known,
                                   int depth)
{
    if (depth > 40)
        return refused({"ページの構造が深すぎます。", "The page's structure is too deep."});
    if (value.kind == PdfValue::Kind::Reference) {
        if (known.contains(value.object))
            return PdfValue::reference(known.value(value.object));
        const auto object = from.object(value.object);
        if (!object)
            return failure(object.error());
        m_imported += object->stream.size() + 100;
        if (m_imported > largestImport)
            return refused({"ページが大きすぎます。", "The page is too large."});
        const int number = m_next++;
        known.insert(value.object, number);
        PdfValue source = object->value;
        if (object->isStream)
            source.set("Length", PdfValue::number(object->stream.size())); // never a reference
        const auto own = copied(from, source, known, depth + 1);
        if (!own)
            return failure(own.error());
        if (object->isStream)
            m_objects.insert(number, own->written() + "\nstream\n" + object->stream + "\nendstream");
        else
            replace(number, *own);
        return PdfValue::reference(number);
    }
    PdfValue copy = value;
    for (PdfValue &item : copy.items) {
        auto own = copied(from, item, known, depth + 1);
        if (!own)
            return own;
        item = *std::move(own);
    }
    return copy;
}

Result<int> PdfUpdate::drawing(const PdfFile &from, const PdfValue &page, PdfValue resources,
                               const PdfValue &box)
{
    const PdfValue *contents = page.find("Contents");
    const auto stream = contents ? from.resolved(*contents)
                                 : Result<PdfObject>(refused({"ページに中身がありません。", "The page has no content."}));
    if (!stream)
        return failure(stream.error());
    if (!stream->isStream || stream->stream.size() > largestImport)
        return refused({"ページの中身を読めません。", "The page's content cannot be read."});
    PdfValue form = PdfValue::dictionary({{"Type", PdfValue::name("XObject")},
                                          {"Subtype", PdfValue::name("Form")},
                                          {"BBox", box},
                                          {"Resources", std::move(resources)}});
    if (const PdfValue *filter = stream->value.find("Filter")) {
        if (!filter->isName("FlateDecode") || stream->value.find("DecodeParms"))
            return refused({"ページの中身を読めません。", "The page's content cannot be read."});
        form.set("Filter", *filter);
    }
    return addStream(std::move(form), stream->stream);
}

Result<int> PdfUpdate::importPage(const PdfFile &from, int page, double width, double height)
{
    const auto dictionary = from.dictionary(PdfValue::reference(page));
    const PdfValue *resources = dictionary ? dictionary->find("Resources") : nullptr;
    if (!resources)
        return refused({"ページを読めません。", "The page cannot be read."});
    QMap<int, int> known;
    const auto own = copied(from, *resources, known, 0);
    if (!own)
        return failure(own.error());
    return drawing(from, *dictionary, *own, PdfValue::rectangle(0, 0, width, height));
}

Result<int> PdfUpdate::reusePage(int page, double left, double bottom, double width, double height)
{
    const auto dictionary = m_file.dictionary(PdfValue::reference(page));
    const PdfValue *resources = dictionary ? dictionary->find("Resources") : nullptr;
    if (!resources)
        return refused({"ページを読めません。", "The page cannot be read."});
    return drawing(m_file, *dictionary, *resources,
                   PdfValue::rectangle(left, bottom, left + width, bottom + height));
}

Result<void> PdfUpdate::addPage(double width, double height, const std::vector<Placed> &drawings)
{
    const auto catalog = m_file.catalog();
    const PdfValue *root = catalog ? catalog->find("Pages") : nullptr;
    auto pages = root && root->kind == PdfValue::Kind::Reference
        ? dictionaryOf(root->object)
        : Result<PdfValue>(refused({"ページの一覧を読めません。", "The list of pages cannot be read."}));
    if (!pages)
        return failure(pages.error());
    QByteArray content;
    PdfValue named = PdfValue::dictionary({});
    for (const Placed &d : drawings) {
        const QByteArray name = "D" + QByteArray::number(d.drawing);
        named.set(name, PdfValue::reference(d.drawing));
        content += "q 1 0 0 1 " + PdfValue::real(d.x).token + ' ' + PdfValue::real(d.y).token + " cm /" + name
            + " Do Q\n";
    }
    const int stream = addStream(PdfValue::dictionary({}), content);
    const int page = add(PdfValue::dictionary({{"Type", PdfValue::name("Page")}, {"Parent", *root},
                                               {"MediaBox", PdfValue::rectangle(0, 0, width, height)},
                                               {"Resources", PdfValue::dictionary({{"XObject", named}})},
                                               {"Contents", PdfValue::reference(stream)}}));
    const PdfValue *kids = pages->find("Kids");
    const PdfValue *count = pages->find("Count");
    if (!kids || kids->kind != PdfValue::Kind::Array || !count || !count->integer())
        return refused({"ページの一覧を読めません。", "The list of pages cannot be read."});
    PdfValue more = *kids;
    more.items.push_back(PdfValue::reference(page));
    const qint64 number = *count->integer() + 1;
    pages->set("Kids", std::move(more));
    pages->set("Count", PdfValue::number(number));
    replace(root->object, *pages);
    return {};
}

} // namespace tenken
