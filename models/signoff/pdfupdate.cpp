// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/pdfupdate.h>

#include <evidence/files.h>

#include <QCryptographicHash>

#include <algorithm>

namespace tenken {

namespace {

constexpr qint64 largestImport = 32 * 1024 * 1024;

std::unexpected<Problem> refused(const Text &why)
{
    return failure({{}, {}, why, {}});
}

QByteArray decimal(double points)
{
    QByteArray text = QByteArray::number(points, 'f', 3);
    while (text.endsWith('0'))
        text.chop(1);
    if (text.endsWith('.'))
        text.chop(1);
    return text;
}

PdfValue real(double points) { return {PdfValue::Kind::Number, decimal(points)}; }

PdfValue rectangle(double left, double bottom, double right, double top)
{
    return PdfValue::array({real(left), real(bottom), real(right), real(top)});
}

/// Any text, as UTF-16 in hex: no syntax can get in.
PdfValue unicode(const QString &text)
{
    QByteArray hex = "<feff";
    for (const QChar c : text)
        hex += QByteArray::number(uint(c.unicode()), 16).rightJustified(4, '0');
    return {PdfValue::Kind::String, hex + '>'};
}

/// "application/json" as a name: the slash is written as its code.
QByteArray mimeName(const QByteArray &mime) { return QByteArray(mime).replace('/', "#2F"); }

} // namespace

PdfUpdate::PdfUpdate(PdfFile file)
    : m_file(std::move(file))
    , m_next(m_file.nextObject())
{
}

int PdfUpdate::add(const PdfValue &value)
{
    replace(m_next, value);
    return m_next++;
}

int PdfUpdate::addStream(PdfValue dictionary, const QByteArray &bytes)
{
    dictionary.set("Length", PdfValue::number(bytes.size()));
    m_objects.insert(m_next, dictionary.written() + "\nstream\n" + bytes + "\nendstream");
    return m_next++;
}

void PdfUpdate::replace(int object, const PdfValue &value)
{
    m_objects.insert(object, value.written());
    m_values.insert(object, value);
}

Result<PdfValue> PdfUpdate::dictionaryOf(int object) const
{
    if (const auto own = m_values.find(object); own != m_values.end())
        return *own;
    return m_file.dictionary(PdfValue::reference(object));
}

Result<void> PdfUpdate::setInCatalog(const QByteArray &key, const PdfValue &value)
{
    const PdfValue *root = m_file.trailer().find("Root");
    if (!root || root->kind != PdfValue::Kind::Reference)
        return refused({"PDF に Root がありません。", "The PDF has no Root."});
    auto catalog = dictionaryOf(root->object);
    if (!catalog)
        return failure(catalog.error());
    catalog->set(key, value);
    replace(root->object, *catalog);
    return {};
}

Result<void> PdfUpdate::attach(const std::vector<Attachment> &attachments)
{
    auto entries = m_file.fileNames();
    if (!entries)
        return failure(entries.error());
    for (const Attachment &a : attachments) {
        std::erase_if(*entries, [&](const auto &entry) { return pdfText(entry.first.string()) == a.name; });
        const QByteArray sum = QCryptographicHash::hash(a.bytes, QCryptographicHash::Md5).toHex();
        const PdfValue parameters =
            PdfValue::dictionary({{"Size", PdfValue::number(a.bytes.size())},
                                  {"CheckSum", {PdfValue::Kind::String, '<' + sum + '>'}}});
        const int file = addStream(PdfValue::dictionary({{"Type", PdfValue::name("EmbeddedFile")},
                                                         {"Subtype", PdfValue::name(mimeName(a.mime))},
                                                         {"Params", parameters}}), a.bytes);
        const PdfValue reference = PdfValue::reference(file);
        const int specification =
            add(PdfValue::dictionary({{"Type", PdfValue::name("Filespec")},
                                      {"F", PdfValue::text(a.name)},
                                      {"UF", PdfValue::text(a.name)},
                                      {"Desc", PdfValue::text(a.description)},
                                      {"AFRelationship", PdfValue::name("Data")},
                                      {"EF", PdfValue::dictionary({{"F", reference}, {"UF", reference}})}}));
        entries->emplace_back(PdfValue::text(a.name), PdfValue::reference(specification));
    }
    std::ranges::stable_sort(*entries, {}, [](const auto &entry) { return entry.first.string(); });
    std::vector<PdfValue> names, files;
    for (const auto &[name, file] : *entries) {
        names.push_back(name);
        names.push_back(file);
        files.push_back(file);
    }
    const int tree = add(PdfValue::dictionary({{"Names", PdfValue::array(std::move(names))}}));
    if (auto done =
            setInCatalog("Names", PdfValue::dictionary({{"EmbeddedFiles", PdfValue::reference(tree)}}));
        !done)
        return done;
    return setInCatalog("AF", PdfValue::array(std::move(files)));
}

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
    return drawing(from, *dictionary, *own, rectangle(0, 0, width, height));
}

Result<int> PdfUpdate::reusePage(int page, double left, double bottom, double width, double height)
{
    const auto dictionary = m_file.dictionary(PdfValue::reference(page));
    const PdfValue *resources = dictionary ? dictionary->find("Resources") : nullptr;
    if (!resources)
        return refused({"ページを読めません。", "The page cannot be read."});
    return drawing(m_file, *dictionary, *resources, rectangle(left, bottom, left + width, bottom + height));
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
        content += "q 1 0 0 1 " + decimal(d.x) + ' ' + decimal(d.y) + " cm /" + name + " Do Q\n";
    }
    const int stream = addStream(PdfValue::dictionary({}), content);
    const int page = add(PdfValue::dictionary({{"Type", PdfValue::name("Page")}, {"Parent", *root},
                                               {"MediaBox", rectangle(0, 0, width, height)},
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

Result<void> PdfUpdate::setOutline(const std::vector<OutlineEntry> &entries)
{
    const auto pages = m_file.pages();
    if (!pages)
        return failure(pages.error());
    if (entries.empty())
        return {};
    const int root = m_next;
    m_next += 1 + int(entries.size());
    for (size_t i = 0; i < entries.size(); ++i) {
        const OutlineEntry &entry = entries[i];
        if (entry.page < 0 || size_t(entry.page) >= pages->size())
            return refused({"しおりのページがありません。", "An outline entry leads to no page."});
        PdfValue value = PdfValue::dictionary(
            {{"Title", unicode(entry.title)},
             {"Parent", PdfValue::reference(root)},
             {"Dest",
              PdfValue::array({PdfValue::reference((*pages)[size_t(entry.page)]), PdfValue::name("XYZ"),
                               PdfValue::number(0), real(entry.top), PdfValue{}})}});
        if (i > 0)
            value.set("Prev", PdfValue::reference(root + int(i)));
        if (i + 1 < entries.size())
            value.set("Next", PdfValue::reference(root + int(i) + 2));
        replace(root + 1 + int(i), value);
    }
    const int count = int(entries.size());
    replace(root,
            PdfValue::dictionary({{"Type", PdfValue::name("Outlines")},
                                  {"First", PdfValue::reference(root + 1)},
                                  {"Last", PdfValue::reference(root + count)},
                                  {"Count", PdfValue::number(count)}}));
    return setInCatalog("Outlines", PdfValue::reference(root));
}

QByteArray PdfUpdate::save() const
{
    QByteArray out = m_file.bytes();
    if (!out.endsWith('\n'))
        out += '\n';
    QMap<int, qsizetype> offsets;
    for (auto it = m_objects.begin(); it != m_objects.end(); ++it) {
        offsets.insert(it.key(), out.size());
        out += QByteArray::number(it.key()) + " 0 obj\n" + it.value() + "\nendobj\n";
    }
    const QByteArray id = QCryptographicHash::hash(out, QCryptographicHash::Md5).toHex();
    const qsizetype table = out.size();
    out += "xref\n";
    for (auto it = offsets.begin(); it != offsets.end();) {
        auto end = it;
        int next = it.key();
        while (end != offsets.end() && end.key() == next) {
            ++end;
            ++next;
        }
        out += QByteArray::number(it.key()) + ' ' + QByteArray::number(next - it.key()) + '\n';
        for (; it != end; ++it)
            out += QByteArray::number(it.value()).rightJustified(10, '0') + " 00000 n \n";
    }
    PdfValue trailer = PdfValue::dictionary({{"Size", PdfValue::number(m_next)}});
    for (const char *key : {"Root", "Info"}) {
        if (const PdfValue *value = m_file.trailer().find(key))
            trailer.set(key, *value);
    }
    const PdfValue own{PdfValue::Kind::String, '<' + id + '>'};
    const PdfValue *ids = m_file.trailer().find("ID");
    trailer.set("ID", PdfValue::array({ids && !ids->items.empty() ? ids->items.front() : own, own}));
    trailer.set("Prev", PdfValue::number(m_file.startXref()));
    return out + "trailer\n" + trailer.written() + "\nstartxref\n" + QByteArray::number(table) + "\n%%EOF\n";
}

} // namespace tenken
