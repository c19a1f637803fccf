// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/pdfupdate.h>

#include <QCryptographicHash>

#include <algorithm>

namespace tenken {

namespace {

std::unexpected<Problem> refused(const Text &why)
{
    return failure({{}, {}, why, {}});
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

int PdfUpdate::addWritten(const QByteArray &written)
{
    m_objects.insert(m_next, written);
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
                               PdfValue::number(0), PdfValue::real(entry.top), PdfValue{}})}});
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
