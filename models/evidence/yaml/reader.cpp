// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/yaml/reader.h>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <streambuf>

// The only file that sees yaml-cpp; its exceptions end here.

namespace tenken {

namespace {

struct Stop { };

class Memory : public std::streambuf
{
public:
    explicit Memory(std::string_view bytes)
    {
        char *begin = const_cast<char *>(bytes.data()); // only read
        setg(begin, begin, begin + bytes.size());
    }
};

class Handler final : public YAML::EventHandler
{
public:
    Handler(const YamlStore &store, YamlBuilder &builder)
        : m_store(store)
        , m_builder(builder)
    {
    }

    uint32_t offset(const YAML::Mark &mark) const
    {
        return std::min(m_store.start + static_cast<uint32_t>(std::max(mark.pos, 0)),
                        static_cast<uint32_t>(m_store.text.size()));
    }

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        const uint32_t begin = offset(mark);
        if (m_documents++ > 0 && !isSeparated(begin))
            m_builder.stop(begin, {"文書の終わりの後に続きがあります", "something follows the end of the document"},
                           {"別の文書なら前に `---` の行を置き、そうでなければ字下げを確かめてください",
                            "put a line `---` before another document, else check the indentation"});
        m_builder.beginDocument();
        check();
    }

    void OnDocumentEnd() override { m_builder.endDocument(); }

    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        m_builder.null({offset(mark), anchor, {}});
        check();
    }

    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        m_builder.alias(offset(mark), anchor);
        check();
    }

    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        m_builder.scalar({offset(mark), anchor, written(mark, tag)}, value);
        check();
    }

    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override
    {
        m_builder.beginCollection({offset(mark), anchor, written(mark, tag)}, YamlNodeKind::Sequence,
                                  style == YAML::EmitterStyle::Flow);
        check();
    }

    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override
    {
        m_builder.beginCollection({offset(mark), anchor, written(mark, tag)}, YamlNodeKind::Map,
                                  style == YAML::EmitterStyle::Flow);
        check();
    }

    void OnSequenceEnd() override { end(); }
    void OnMapEnd() override { end(); }

private:
    /// "?" and "!" are what yaml-cpp says where no tag was written; yet a lone `!` can be written too.
    std::string_view written(const YAML::Mark &mark, std::string_view tag) const
    {
        const uint32_t at = offset(mark);
        const bool lone = tag == "!" && at < m_store.bytes().size() && m_store.text[at] == '!';
        return tag.size() > 1 || lone ? tag : std::string_view();
    }

    void end()
    {
        m_builder.endCollection();
        check();
    }

    void check() const
    {
        if (m_builder.stopped())
            throw Stop();
    }

    /// A document after another begins with `---`, or the one before ended with `...`.
    bool isSeparated(uint32_t begin) const
    {
        const std::string_view text = m_store.bytes();
        if (begin >= text.size() || text.substr(begin, 3) == "---" || text[begin] == '%')
            return true;
        const size_t end = text.rfind("\n...", begin);
        return end != std::string_view::npos && yamlPastBlank(text, static_cast<uint32_t>(end) + 4) >= begin;
    }

    const YamlStore &m_store;
    YamlBuilder &m_builder;
    int m_documents = 0;
};

} // namespace

void readYamlEvents(const YamlStore &store, YamlBuilder &builder)
{
    Memory memory(store.bytes().substr(store.start));
    std::istream stream(&memory);
    Handler handler(store, builder);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(handler)) { }
    } catch (const Stop &) {
        // The builder has said why.
    } catch (const YAML::Exception &e) {
        stopWithParserError(store, builder, e.mark.is_null() ? store.start : handler.offset(e.mark), e.msg);
    } catch (const std::exception &e) {
        stopWithParserError(store, builder, store.start, e.what());
    }
}

} // namespace tenken
