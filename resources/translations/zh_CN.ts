<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not here: another program has recorded this graph, and builds and trains its model itself.</source>
        <extracomment>What the window cannot do where another program holds the tensors.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the system</source>
        <extracomment>Each is named in itself, for those who read no other.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speak the language of the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say everything in English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say everything in Chinese</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{count} more is like it.</source>
        <comment>One more is like it.</comment>
        <extracomment>The panels that nobody sees at first are made so long after the first paint. Where the screen has room for it.</extracomment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Ready-made models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menus</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
