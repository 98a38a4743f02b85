<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <extracomment>The menu that shows and hides the panels.</extracomment>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>步进(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation>检查(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Not here: another program has recorded this graph, and builds and trains its model itself.</source>
        <extracomment>What the window cannot do where another program holds the tensors.</extracomment>
        <translation>这里不能用：这个图由另一个程序记录，模型由那个程序自己构建和训练。</translation>
    </message>
    <message>
        <source>{tip} ({keys})</source>
        <translation>{tip}（{keys}）</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>拟合</translation>
    </message>
    <message>
        <source>Find nodes and groups</source>
        <extracomment>As they stand in `page.html` and in the scripts.</extracomment>
        <translation>查找节点和分组</translation>
    </message>
    <message>
        <source>Find (/)</source>
        <translation>查找（/）</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Close the innermost open groups</source>
        <translation>收起最内层已展开的分组</translation>
    </message>
    <message>
        <source>Close a level</source>
        <translation>收起一层</translation>
    </message>
    <message>
        <source>Open the groups in sight</source>
        <translation>展开可见的分组</translation>
    </message>
    <message>
        <source>Open a level</source>
        <translation>展开一层</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小（−）</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>Show all (0)</source>
        <translation>显示全部（0）</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>关闭详细信息</translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation>回到开头</translation>
    </message>
    <message>
        <source>To the beginning (Home)</source>
        <translation>回到开头（Home）</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>One step back (←)</source>
        <translation>后退一步（←）</translation>
    </message>
    <message>
        <source>One step on</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>One step on (→)</source>
        <translation>前进一步（→）</translation>
    </message>
    <message>
        <source>To the end (End)</source>
        <translation>到末尾（End）</translation>
    </message>
    <message>
        <source>That would be more than {count} boxes: open groups one by one.</source>
        <translation>这将超过 {count} 个方框：请逐个展开分组。</translation>
    </message>
    <message>
        <source>In</source>
        <translation>所在分组</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>leaf</source>
        <translation>叶子</translation>
    </message>
    <message>
        <source>, order {number}</source>
        <translation>，{number} 阶</translation>
    </message>
    <message>
        <source>Computes</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>has not come yet</source>
        <translation>尚未到达</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>To</source>
        <translation>去往</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>保存的 {name}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>{count} equal ones</source>
        <translation>{count} 个相同的</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>{taken} of {total} taken</source>
        <translation>共 {total} 步，已走 {taken} 步</translation>
    </message>
    <message>
        <source>Close group</source>
        <translation>收起分组</translation>
    </message>
    <message>
        <source>Open group</source>
        <translation>展开分组</translation>
    </message>
    <message>
        <source>min {least}, max {most}</source>
        <translation>最小 {least}，最大 {most}</translation>
    </message>
    <message>
        <source>mean {mean}, ‖·‖ {norm}</source>
        <translation>均值 {mean}，‖·‖ {norm}</translation>
    </message>
    <message>
        <source>{count} gradients</source>
        <translation>{count}个梯度</translation>
    </message>
    <message>
        <source>forward pass done</source>
        <translation>前向传播已完成</translation>
    </message>
    <message>
        <source>no recorded pass</source>
        <translation>没有记录的传播</translation>
    </message>
    <message>
        <source>{title}, open group</source>
        <translation>{title}，已展开的分组</translation>
    </message>
    <message>
        <source>Fit</source>
        <comment>the graph into the canvas</comment>
        <extracomment>One English word for what the view does, and a curve.</extracomment>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Show the whole graph</source>
        <translation>显示整个图</translation>
    </message>
    <message>
        <source>Turn the graph</source>
        <translation>改变图的方向</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>转向</translation>
    </message>
    <message>
        <source>Lay the graph out downwards or to the right; mirrored, upwards or to the left</source>
        <translation>让图向下或向右布局；镜像后为向上或向左</translation>
    </message>
    <message>
        <source>Mirror the graph</source>
        <translation>镜像图</translation>
    </message>
    <message>
        <source>Let the edges run the opposite way: upwards, or to the left</source>
        <translation>让边朝相反方向：向上或向左</translation>
    </message>
    <message>
        <source>Zoom to selection</source>
        <translation>缩放到所选内容</translation>
    </message>
    <message>
        <source>Show the marked nodes, else the chosen one, as large as fits; drag with Shift to mark</source>
        <translation>尽可能大地显示标记的节点，没有则显示选中的节点；按住 Shift 拖动可以标记</translation>
    </message>
    <message>
        <source>Mark no nodes</source>
        <translation>取消节点标记</translation>
    </message>
    <message>
        <source>Take the marks from the nodes in the rectangle that was drawn with Shift</source>
        <translation>取消用 Shift 拖出的矩形中各节点的标记</translation>
    </message>
    <message>
        <source>Plain colours</source>
        <translation>普通颜色</translation>
    </message>
    <message>
        <source>Colour nodes by what they are</source>
        <translation>按节点的种类着色</translation>
    </message>
    <message>
        <source>Colour by gradient norm</source>
        <translation>按梯度范数着色</translation>
    </message>
    <message>
        <source>Show where the gradient grows and where it vanishes</source>
        <translation>显示梯度在哪里增大、在哪里消失</translation>
    </message>
    <message>
        <source>Colour by gradient to weight</source>
        <translation>按梯度与权重之比着色</translation>
    </message>
    <message>
        <source>Show how large each gradient is beside the value that it changes</source>
        <translation>显示每个梯度相对于它所改变的值有多大</translation>
    </message>
    <message>
        <source>Colour by zeros</source>
        <translation>按零的比例着色</translation>
    </message>
    <message>
        <source>Show where most of the gradient is zero, as at a dead ReLU</source>
        <translation>显示梯度在哪里大多为零，例如死亡的 ReLU</translation>
    </message>
    <message>
        <source>Colour by time</source>
        <translation>按用时着色</translation>
    </message>
    <message>
        <source>Measure how long each node takes, forwards and backwards, in a pass of its own</source>
        <translation>另做一次传播，测量每个节点前向和反向的用时</translation>
    </message>
    <message>
        <source>Presentation</source>
        <translation>演示模式</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Show the graph and one panel alone, large enough for a projector; Esc leaves</source>
        <translation>只显示图和一个面板，大小适合投影；按 Esc 退出</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <extracomment>Each is named in itself, for those who read no other.</extracomment>
        <translation>系统语言</translation>
    </message>
    <message>
        <source>Speak the language of the system</source>
        <translation>使用系统的语言</translation>
    </message>
    <message>
        <source>Say everything in English</source>
        <translation>全部显示为英语</translation>
    </message>
    <message>
        <source>Say everything in Chinese</source>
        <translation>全部显示为中文</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Show the whole graph small where the canvas shows a part of it alone</source>
        <translation>画布只显示图的一部分时，用小图显示整体</translation>
    </message>
    <message>
        <source>Backward names</source>
        <translation>反向名称</translation>
    </message>
    <message>
        <source>Title nodes as PyTorch&apos;s backward pass does, such as AddBackward0, and not Add</source>
        <translation>按 PyTorch 反向传播的名称显示节点，例如 AddBackward0 而不是 Add</translation>
    </message>
    <message>
        <source>Local derivatives</source>
        <translation>局部导数</translation>
    </message>
    <message>
        <source>Show beside each edge between single numbers the derivative of its end by its start</source>
        <translation>在单个数之间的每条边旁显示终点对起点的导数</translation>
    </message>
    <message>
        <source>Select node towards the leaves</source>
        <translation>选择靠近叶子的节点</translation>
    </message>
    <message>
        <source>Select node towards the output</source>
        <translation>选择靠近输出的节点</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>窗口的下一部分</translation>
    </message>
    <message>
        <source>Take the keyboard to the next bar, panel or the graph, where it was last</source>
        <translation>把键盘焦点移到下一个工具栏、面板或图中上次所在的位置</translation>
    </message>
    <message>
        <source>Part of the window before</source>
        <translation>窗口的上一部分</translation>
    </message>
    <message>
        <source>Take the keyboard to the bar, panel or the graph before this one</source>
        <translation>把键盘焦点移到上一个工具栏、面板或图</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>系统主题</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Reset panels</source>
        <translation>重置面板</translation>
    </message>
    <message>
        <source>Put every panel of this workspace back to its first place</source>
        <translation>把此工作区的所有面板放回最初的位置</translation>
    </message>
    <message>
        <source>Ready-made models</source>
        <translation>现成模型</translation>
    </message>
    <message>
        <source>Menus</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>A condition has no value of its own.</source>
        <translation>条件本身没有值。</translation>
    </message>
    <message>
        <source>Conditions make cases: {x &lt; 0: -x, x}, or where(x &lt; 0, -x, x).</source>
        <translation>条件用于分段：{x &lt; 0: -x, x}，或 where(x &lt; 0, -x, x)。</translation>
    </message>
    <message>
        <source>These cases do not say what holds elsewhere.</source>
        <translation>这些分段没有说明其余情况取什么值。</translation>
    </message>
    <message>
        <source>Write the last one without a condition: {x &lt; 0: -x, x}.</source>
        <translation>最后一段不要写条件：{x &lt; 0: -x, x}。</translation>
    </message>
    <message>
        <source>Here a condition is expected.</source>
        <translation>这里应为一个条件。</translation>
    </message>
    <message>
        <source>Write {form}.</source>
        <extracomment>Letters of which an unknown word is rather a product of parameters than a name. A word of so many letters may have two wrong ones. Others, for which there is no such way.</extracomment>
        <translation>请写成 {form}。</translation>
    </message>
    <message>
        <source>Write log(x) / log(b) for the logarithm to the base b.</source>
        <translation>以 b 为底的对数请写成 log(x) / log(b)。</translation>
    </message>
    <message numerus="yes">
        <source>{name} takes {count} arguments, not {given}.</source>
        <comment>{name} takes one argument, not {given}.</comment>
        <translation>
            <numerusform>{name} 需要 {count} 个参数，而不是 {given} 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>There are more than {most} terms or factors.</source>
        <translation>项或因子超过了 {most} 个。</translation>
    </message>
    <message>
        <source>Write a shorter expression.</source>
        <translation>请写短一些的表达式。</translation>
    </message>
    <message>
        <source>e is Euler&apos;s number, 2.718…</source>
        <translation>e 是自然常数 2.718…</translation>
    </message>
    <message>
        <source>e is a parameter.</source>
        <translation>e 是一个参数。</translation>
    </message>
    <message>
        <source>e is Euler&apos;s number where it has an exponent, and a parameter elsewhere.</source>
        <translation>带指数的 e 是自然常数，其余的 e 是参数。</translation>
    </message>
    <message>
        <source>A decimal number has a digit before or after its point: 2.5.</source>
        <translation>小数点前面或后面要有数字：2.5。</translation>
    </message>
    <message>
        <source>Use round brackets ( ).</source>
        <translation>请使用圆括号 ( )。</translation>
    </message>
    <message>
        <source>Write (x)^(1/4).</source>
        <translation>请写成 (x)^(1/4)。</translation>
    </message>
    <message>
        <source>Numbers are finite.</source>
        <translation>数必须是有限的。</translation>
    </message>
    <message>
        <source>A sum is written term by term.</source>
        <translation>求和请逐项写出。</translation>
    </message>
    <message>
        <source>A product is written factor by factor.</source>
        <translation>连乘请逐个因子写出。</translation>
    </message>
    <message>
        <source>Write the number that a factorial is.</source>
        <translation>请直接写出阶乘的数值。</translation>
    </message>
    <message>
        <source>Cases are written {x &lt; 0: -x, x}, or x if x &gt; 0 else -x.</source>
        <translation>分段写成 {x &lt; 0: -x, x}，或 x if x &gt; 0 else -x。</translation>
    </message>
    <message>
        <source>An argument cannot be given by its name.</source>
        <translation>参数不能按名称给出。</translation>
    </message>
    <message>
        <source>Write all of them in order: clamp(x, 0, 1), or max(0, x) for one bound.</source>
        <translation>请按顺序写出全部参数：clamp(x, 0, 1)；只有一个界限时写 max(0, x)。</translation>
    </message>
    <message>
        <source>Here a number, x, a parameter or a bracket is expected.</source>
        <translation>这里应为数、x、参数或括号。</translation>
    </message>
    <message>
        <source>Write what is missing, such as x.</source>
        <translation>请补上缺少的部分，例如 x。</translation>
    </message>
    <message>
        <source>Type one such as a + b x or 5x^3 + 2x^2.</source>
        <translation>请输入一个表达式，例如 a + b x 或 5x^3 + 2x^2。</translation>
    </message>
    <message>
        <source>There is no expression yet.</source>
        <translation>还没有表达式。</translation>
    </message>
    <message>
        <source>This if has no else.</source>
        <translation>这个 if 没有 else。</translation>
    </message>
    <message>
        <source>Write {bracket} where it ends.</source>
        <translation>请在结束处写 {bracket}。</translation>
    </message>
    <message>
        <source>This bracket is not closed.</source>
        <translation>这个括号没有闭合。</translation>
    </message>
    <message>
        <source>Take it out, or write what is missing before it.</source>
        <translation>请删去它，或在它前面补上缺少的部分。</translation>
    </message>
    <message>
        <source>Go on typing, or take {sign} out.</source>
        <translation>请继续输入，或删去 {sign}。</translation>
    </message>
    <message>
        <source>After {before} a number, x, a parameter or a bracket is expected, not {found}.</source>
        <translation>{before} 后面应为数、x、参数或括号，而不是 {found}。</translation>
    </message>
    <message>
        <source>After {before} a number, x, a parameter or a bracket is expected.</source>
        <translation>{before} 后面应为数、x、参数或括号。</translation>
    </message>
    <message>
        <source>At the beginning a number, x, a parameter or a bracket is expected, not {found}.</source>
        <translation>开头应为数、x、参数或括号，而不是 {found}。</translation>
    </message>
    <message>
        <source>At the beginning a number, x, a parameter or a bracket is expected.</source>
        <translation>开头应为数、x、参数或括号。</translation>
    </message>
    <message>
        <source>{digits} is not a number.</source>
        <translation>{digits} 不是数。</translation>
    </message>
    <message>
        <source>Use one decimal point.</source>
        <translation>请只用一个小数点。</translation>
    </message>
    <message>
        <source>Between {first} and {second} an operator is missing.</source>
        <translation>{first} 和 {second} 之间缺少运算符。</translation>
    </message>
    <message>
        <source>Write * {factor} for a product, or ^{factor} for a power.</source>
        <translation>乘积请写 * {factor}，幂请写 ^{factor}。</translation>
    </message>
    <message>
        <source>Write {name}(x)^2 for its square.</source>
        <translation>它的平方请写成 {name}(x)^2。</translation>
    </message>
    <message>
        <source>The function {name} needs its argument in brackets.</source>
        <translation>函数 {name} 的参数要写在括号里。</translation>
    </message>
    <message>
        <source>y is the result here and cannot be part of the expression too.</source>
        <translation>这里 y 是结果，不能同时出现在表达式中。</translation>
    </message>
    <message>
        <source>Take y = out of the front to make y an input, or use another letter.</source>
        <translation>删去前面的 y = 可让 y 成为输入，或者换一个字母。</translation>
    </message>
    <message>
        <source>Write only what y is: y = a + b x, or a + b x; in cases, {x = 0: 1, sin(x)/x}.</source>
        <translation>只写 y 等于什么：y = a + b x，或 a + b x；分段则写 {x = 0: 1, sin(x)/x}。</translation>
    </message>
    <message>
        <source>= can only stand after y or f(x) in front.</source>
        <translation>= 只能写在开头的 y 或 f(x) 后面。</translation>
    </message>
    <message>
        <source>{word} is no function and no parameter.</source>
        <translation>{word} 既不是函数也不是参数。</translation>
    </message>
    <message>
        <source>The character {character} has no meaning here.</source>
        <translation>字符 {character} 在这里没有意义。</translation>
    </message>
    <message>
        <source>Write the plain {character}.</source>
        <translation>请写普通的 {character}。</translation>
    </message>
    <message>
        <source>Parameters are the letters a to z and A to Z.</source>
        <translation>参数用字母 a 到 z 和 A 到 Z 表示。</translation>
    </message>
    <message>
        <source>Use numbers, letters, + - * / ^ and round brackets.</source>
        <translation>请使用数字、字母、+ - * / ^ 和圆括号。</translation>
    </message>
    <message>
        <source>{command} has no meaning here.</source>
        <translation>{command} 在这里没有意义。</translation>
    </message>
    <message>
        <source>Take it out.</source>
        <translation>请删去它。</translation>
    </message>
    <message>
        <source>This ) closes no bracket.</source>
        <extracomment>Why a part cannot follow a value, and how it is written, in one sentence or several.</extracomment>
        <translation>这个 ) 没有对应的左括号。</translation>
    </message>
    <message>
        <source>Take it out, or write ( earlier.</source>
        <translation>请删去它，或在前面补上 (。</translation>
    </message>
    <message>
        <source>This {bracket} ends no cases.</source>
        <translation>这个 {bracket} 没有对应的分段开头。</translation>
    </message>
    <message>
        <source>A comparison has no value of its own.</source>
        <translation>比较式本身没有值。</translation>
    </message>
    <message>
        <source>Only conditions are joined by and.</source>
        <translation>and 只能连接条件。</translation>
    </message>
    <message>
        <source>Only conditions are joined by or.</source>
        <translation>or 只能连接条件。</translation>
    </message>
    <message>
        <source>This if is in the middle of something.</source>
        <translation>这个 if 出现在式子中间。</translation>
    </message>
    <message>
        <source>This else has no condition before it.</source>
        <translation>这个 else 前面没有条件。</translation>
    </message>
    <message>
        <source>A colon stands behind a condition only.</source>
        <translation>冒号只能写在条件后面。</translation>
    </message>
    <message>
        <source>A division is written with /.</source>
        <translation>除法用 / 表示。</translation>
    </message>
    <message>
        <source>A comma separates arguments only.</source>
        <translation>逗号只用来分隔参数。</translation>
    </message>
    <message>
        <source>Write max(0, x) for arguments, and 2.5 or 2,5 for a decimal number.</source>
        <translation>参数写成 max(0, x)，小数写成 2.5 或 2,5。</translation>
    </message>
    <message>
        <source>The condition {condition} is always the same.</source>
        <translation>条件 {condition} 的结果总是相同。</translation>
    </message>
    <message>
        <source>Use x or a parameter in it, or write the value alone.</source>
        <translation>请在其中使用 x 或参数，或者只写出取值。</translation>
    </message>
    <message>
        <source>{part} has no finite value.</source>
        <translation>{part} 没有有限的值。</translation>
    </message>
    <message>
        <source>The degree of {part} in x is {degree}.</source>
        <translation>{part} 关于 x 的次数是 {degree}。</translation>
    </message>
    <message>
        <source>Change what stands after the division sign.</source>
        <translation>请修改除号后面的部分。</translation>
    </message>
    <message>
        <source>Nothing can be divided by zero.</source>
        <translation>不能除以零。</translation>
    </message>
    <message>
        <source>The exponent {exponent} is too large.</source>
        <translation>指数 {exponent} 太大。</translation>
    </message>
    <message>
        <source>Exponents and degrees up to {most} are allowed.</source>
        <translation>指数和次数最大为 {most}。</translation>
    </message>
    <message>
        <source>Brackets, functions, powers and signs are nested more than {most} deep.</source>
        <translation>括号、函数、幂和符号的嵌套超过了 {most} 层。</translation>
    </message>
    <message>
        <source>Write it with fewer of them inside one another.</source>
        <translation>请减少嵌套的层数。</translation>
    </message>
    <message>
        <source>{function} is defined for {numbers}.</source>
        <extracomment>So many are told; the first ones lead to the others.</extracomment>
        <translation>{function}的定义域是{numbers}。</translation>
    </message>
    <message>
        <source>Zero has no negative power.</source>
        <translation>零没有负数次幂。</translation>
    </message>
    <message>
        <source>{part} = {number} at x = {x} gives {result}.</source>
        <translation>x = {x} 时 {part} = {number}，结果为 {result}。</translation>
    </message>
    <message numerus="yes">
        <source>{part} = {number} at x = {x} gives {result}, and so do {more} more of {points} points.</source>
        <comment>{part} = {number} at x = {x} gives {result}, and so does {more} more of {points} points.</comment>
        <translation>
            <numerusform>x = {x} 时 {part} = {number}，结果为 {result}；{points}个数据点中还有{more}个也是这样。</numerusform>
        </translation>
    </message>
    <message>
        <source>{part} = {number} gives {result}.</source>
        <translation>{part} = {number} 时结果为 {result}。</translation>
    </message>
    <message numerus="yes">
        <source>{part} = {number} gives {result}, and so do {more} more of {points} points.</source>
        <comment>{part} = {number} gives {result}, and so does {more} more of {points} points.</comment>
        <translation>
            <numerusform>{part} = {number} 时结果为 {result}；{points}个数据点中还有{more}个也是这样。</numerusform>
        </translation>
    </message>
    <message>
        <source>A negative number has whole powers only.</source>
        <translation>负数只有整数次幂。</translation>
    </message>
    <message>
        <source>Numbers go up to 1.8e308; use a smaller one.</source>
        <translation>数最大为 1.8e308，请用小一些的数。</translation>
    </message>
    <message>
        <source>{sign} is expected here, not “{found}”.</source>
        <translation>这里应为{sign}，而不是“{found}”。</translation>
    </message>
    <message>
        <source>{sign} is expected here, but the text ends.</source>
        <translation>这里应为{sign}，但文本已结束。</translation>
    </message>
    <message>
        <source>Separate layers and arguments by commas.</source>
        <extracomment>The terminals that may be missing, from the likeliest on.</extracomment>
        <translation>层和参数之间用逗号分隔。</translation>
    </message>
    <message>
        <source>Close it with ).</source>
        <translation>请用 ) 闭合。</translation>
    </message>
    <message>
        <source>Close it with ].</source>
        <translation>请用 ] 闭合。</translation>
    </message>
    <message>
        <source>A value is expected here, not “{found}”.</source>
        <extracomment>Before something else, and at the end.</extracomment>
        <translation>这里应为一个值，而不是“{found}”。</translation>
    </message>
    <message>
        <source>A value is expected here, but the text ends.</source>
        <translation>这里应为一个值，但文本已结束。</translation>
    </message>
    <message>
        <source>Values are numbers, True and False.</source>
        <translation>值可以是数、True 和 False。</translation>
    </message>
    <message>
        <source>A layer is expected here, not “{found}”.</source>
        <translation>这里应为一个层，而不是“{found}”。</translation>
    </message>
    <message>
        <source>A layer is expected here, but the text ends.</source>
        <translation>这里应为一个层，但文本已结束。</translation>
    </message>
    <message>
        <source>Write such as Linear(1, 16), Tanh(), Linear(16, 1).</source>
        <translation>例如写成 Linear(1, 16), Tanh(), Linear(16, 1)。</translation>
    </message>
    <message>
        <source>Write such as bias=False.</source>
        <translation>例如写成 bias=False。</translation>
    </message>
    <message>
        <source>The end is expected here, not “{found}”.</source>
        <extracomment>Where none of them is, something stands behind the whole.</extracomment>
        <translation>这里应当结束，而不是“{found}”。</translation>
    </message>
    <message>
        <source>The end is expected here, but the text ends.</source>
        <translation>这里应当结束。</translation>
    </message>
    <message>
        <source>Remove what follows.</source>
        <translation>请删去后面的内容。</translation>
    </message>
    <message>
        <source>There is no layer.</source>
        <translation>没有任何层。</translation>
    </message>
    <message>
        <source>{name} is a layer without its brackets.</source>
        <translation>{name} 是一个层，但缺少括号。</translation>
    </message>
    <message>
        <source>This is no layer.</source>
        <translation>这不是层。</translation>
    </message>
    <message>
        <source>A Sequential stands around all layers, and not among them.</source>
        <translation>Sequential 只能包住所有层，不能夹在层之间。</translation>
    </message>
    <message>
        <source>Write its layers in its place.</source>
        <translation>请直接写出其中的层。</translation>
    </message>
    <message>
        <source>Did you mean {name}?</source>
        <translation>是否指 {name}？</translation>
    </message>
    <message>
        <source>There are {names}.</source>
        <translation>可用的有：{names}。</translation>
    </message>
    <message>
        <source>There is no layer {name} to type.</source>
        <translation>没有可以输入的层 {name}。</translation>
    </message>
    <message>
        <source>{layer} is given {argument} twice.</source>
        <translation>{layer} 的 {argument} 给了两次。</translation>
    </message>
    <message>
        <source>Give it once.</source>
        <translation>请只给一次。</translation>
    </message>
    <message>
        <source>{layer} needs {argument}.</source>
        <translation>{layer} 需要 {argument}。</translation>
    </message>
    <message>
        <source>Write such as {example}.</source>
        <translation>例如写成 {example}。</translation>
    </message>
    <message>
        <source>{layer} takes no more arguments.</source>
        <translation>{layer} 没有更多参数。</translation>
    </message>
    <message>
        <source>{layer} takes no {name} here.</source>
        <translation>{layer} 在这里没有参数 {name}。</translation>
    </message>
    <message>
        <source>It takes {names}.</source>
        <translation>它的参数是 {names}。</translation>
    </message>
    <message>
        <source>{argument} of {layer} is a tuple of {count} numbers.</source>
        <translation>{layer} 的 {argument} 是由 {count} 个数组成的元组。</translation>
    </message>
    <message>
        <source>{option} is one value.</source>
        <translation>{option} 是单个值。</translation>
    </message>
    <message>
        <source>This optimizer has no option {name}.</source>
        <extracomment>The objects that have options.</extracomment>
        <translation>该优化器没有选项 {name}。</translation>
    </message>
    <message>
        <source>This scheduler has no option {name}.</source>
        <translation>该学习率调度器没有选项 {name}。</translation>
    </message>
    <message>
        <source>{name} is true or false</source>
        <translation>{name} 为 true 或 false</translation>
    </message>
    <message>
        <source>{name} is an expression in t, the number of steps done</source>
        <translation>{name} 是关于 t（已完成的步数）的表达式</translation>
    </message>
    <message>
        <source>any finite {name}</source>
        <translation>{name} 可为任意有限的数</translation>
    </message>
    <message>
        <source>{bounds}, a whole number</source>
        <translation>{bounds}，整数</translation>
    </message>
    <message>
        <source>{name} cannot be “{value}”.</source>
        <translation>{name} 不能是“{value}”。</translation>
    </message>
    <message>
        <source>Allowed: {range}.</source>
        <translation>允许：{range}。</translation>
    </message>
    <message>
        <source>{name} needs {other}.</source>
        <translation>{name} 需要 {other}。</translation>
    </message>
    <message>
        <source>Set {name} above 0 before it.</source>
        <translation>请先把 {name} 设为大于 0。</translation>
    </message>
    <message>
        <source>{name} works without {other} only.</source>
        <translation>{name} 只能在不用 {other} 时使用。</translation>
    </message>
    <message>
        <source>Set {name} to 0.</source>
        <translation>请把 {name} 设为 0。</translation>
    </message>
    <message>
        <source>“{text}” sets no option.</source>
        <translation>“{text}”没有设置任何选项。</translation>
    </message>
    <message>
        <source>Write NAME=VALUE, such as eps=1e-8.</source>
        <translation>请写成 NAME=VALUE，例如 eps=1e-8。</translation>
    </message>
    <message>
        <source>It has: {names}.</source>
        <translation>可用选项：{names}。</translation>
    </message>
    <message>
        <source>It has none.</source>
        <translation>它没有选项。</translation>
    </message>
    <message>
        <source>{layer}: {message}</source>
        <translation>{layer}：{message}</translation>
    </message>
    <message>
        <source>Each output is a weighted sum of all inputs, plus a bias.</source>
        <translation>每个输出是所有输入的加权和，再加上偏置。</translation>
    </message>
    <message>
        <source>tanh of each number, between −1 and 1.</source>
        <translation>每个数的 tanh，介于 −1 和 1 之间。</translation>
    </message>
    <message>
        <source>Each number above 0, else 0.</source>
        <translation>大于 0 的数保持不变，其余为 0。</translation>
    </message>
    <message>
        <source>1/(1 + exp(−x)) of each number, between 0 and 1.</source>
        <translation>每个数的 1/(1 + exp(−x))，介于 0 和 1 之间。</translation>
    </message>
    <message>
        <source>Each number times the normal distribution up to it.</source>
        <translation>每个数乘以正态分布在该处的累积概率。</translation>
    </message>
    <message>
        <source>Each number times its sigmoid.</source>
        <translation>每个数乘以它的 sigmoid。</translation>
    </message>
    <message>
        <source>Each number above 0, else a small part of it.</source>
        <translation>大于 0 的数保持不变，其余取其一小部分。</translation>
    </message>
    <message>
        <source>Each number above 0, else alpha (exp(x) − 1).</source>
        <translation>大于 0 的数保持不变，其余为 alpha (exp(x) − 1)。</translation>
    </message>
    <message>
        <source>As ELU, with a continuous slope.</source>
        <translation>与 ELU 相似，但斜率连续。</translation>
    </message>
    <message>
        <source>An ELU that keeps mean 0 and variance 1.</source>
        <translation>保持均值 0 和方差 1 的 ELU。</translation>
    </message>
    <message>
        <source>Each number times tanh of its softplus.</source>
        <translation>每个数乘以其 softplus 的 tanh。</translation>
    </message>
    <message>
        <source>A smooth ReLU, log(1 + exp(x)).</source>
        <translation>平滑的 ReLU，即 log(1 + exp(x))。</translation>
    </message>
    <message>
        <source>x / (1 + |x|) of each number, between −1 and 1.</source>
        <translation>每个数的 x / (1 + |x|)，介于 −1 和 1 之间。</translation>
    </message>
    <message>
        <source>The logarithm of the sigmoid.</source>
        <translation>sigmoid 的对数。</translation>
    </message>
    <message>
        <source>Each number less its tanh.</source>
        <translation>每个数减去它的 tanh。</translation>
    </message>
    <message>
        <source>Each number, cut at 0 and 6.</source>
        <translation>每个数限制在 0 和 6 之间。</translation>
    </message>
    <message>
        <source>Each number, cut at −1 and 1.</source>
        <translation>每个数限制在 −1 和 1 之间。</translation>
    </message>
    <message>
        <source>A sigmoid of three lines.</source>
        <translation>由三段直线组成的 sigmoid。</translation>
    </message>
    <message>
        <source>Each number times its Hardsigmoid.</source>
        <translation>每个数乘以它的 Hardsigmoid。</translation>
    </message>
    <message>
        <source>Each number, but 0 where it is small.</source>
        <translation>每个数保持不变，较小的数为 0。</translation>
    </message>
    <message>
        <source>Each number moved towards 0, and 0 where it is small.</source>
        <translation>每个数向 0 移动，较小的数为 0。</translation>
    </message>
    <message>
        <source>A LeakyReLU whose slope is a parameter.</source>
        <translation>斜率为可训练参数的 LeakyReLU。</translation>
    </message>
    <message>
        <source>One half of the inputs times the sigmoid of the other.</source>
        <translation>一半输入乘以另一半的 sigmoid。</translation>
    </message>
    <message>
        <source>Numbers above 0 with the sum 1 along a dimension.</source>
        <translation>沿一个维度的和为 1 的正数。</translation>
    </message>
    <message>
        <source>The logarithm of Softmax.</source>
        <translation>Softmax 的对数。</translation>
    </message>
    <message>
        <source>In training sets numbers to 0 by chance, and makes the others larger.</source>
        <translation>训练时随机将一些数置为 0，并放大其余的数。</translation>
    </message>
    <message>
        <source>A Dropout for SELU, which keeps mean and variance.</source>
        <translation>用于 SELU 的 Dropout，保持均值和方差。</translation>
    </message>
    <message>
        <source>Gives the numbers of each point mean 0 and variance 1.</source>
        <translation>使每个数据点的各数均值为 0、方差为 1。</translation>
    </message>
    <message>
        <source>Gives each feature mean 0 and variance 1 over all points.</source>
        <translation>使每个特征在所有数据点上均值为 0、方差为 1。</translation>
    </message>
    <message>
        <source>Slides kernels along the length of each channel.</source>
        <translation>让卷积核沿各通道的长度滑动。</translation>
    </message>
    <message>
        <source>The largest number of each window.</source>
        <translation>每个窗口中的最大值。</translation>
    </message>
    <message>
        <source>The mean of each window.</source>
        <translation>每个窗口的均值。</translation>
    </message>
    <message>
        <source>Puts several lengths into one.</source>
        <translation>把多个维度的长度合并为一个。</translation>
    </message>
    <message>
        <source>Divides one length into two, such as channels and a length.</source>
        <translation>把一个长度拆成两个，例如通道数和长度。</translation>
    </message>
    <message>
        <source>Hands its input on.</source>
        <translation>原样传递输入。</translation>
    </message>
    <message>
        <source>The network has {count} characters.</source>
        <extracomment>A fit has one input, x; a point of a plane has two.</extracomment>
        <translation>网络有 {count} 个字符。</translation>
    </message>
    <message>
        <source>At most {most} are allowed.</source>
        <translation>最多允许 {most} 个。</translation>
    </message>
    <message>
        <source>The network has {count} layers.</source>
        <translation>网络有 {count} 层。</translation>
    </message>
    <message>
        <source>With this layer the network has {count} parameters.</source>
        <translation>加上这一层，网络有 {count} 个参数。</translation>
    </message>
    <message>
        <source>At most {most} are allowed: use narrower layers.</source>
        <translation>最多允许 {most} 个：请用窄一些的层。</translation>
    </message>
    <message>
        <source>There is nothing to train: no layer has parameters.</source>
        <translation>没有可训练的内容：所有层都没有参数。</translation>
    </message>
    <message>
        <source>Add such as Linear(1, 16).</source>
        <translation>例如加上 Linear(1, 16)。</translation>
    </message>
    <message>
        <source>{layer} does not fit: {reason}</source>
        <translation>{layer} 不匹配：{reason}</translation>
    </message>
    <message>
        <source>{layer} would change x itself, in place.</source>
        <translation>{layer} 会原地修改 x 本身。</translation>
    </message>
    <message>
        <source>Leave out inplace=True.</source>
        <translation>请去掉 inplace=True。</translation>
    </message>
    <message>
        <source>The network gives {shape} numbers for each x, and the target is one.</source>
        <translation>网络对每个 x 给出 {shape} 个数，而目标只有一个。</translation>
    </message>
    <message>
        <source>End it with such as {layer}.</source>
        <translation>例如以 {layer} 结尾。</translation>
    </message>
    <message>
        <source>The network gives {shape} numbers for each point.</source>
        <translation>网络对每个数据点给出 {shape} 个数。</translation>
    </message>
    <message>
        <source>End it with one output for two classes, or with one for each class, at most {most}.</source>
        <translation>两类时结尾用一个输出，或每类一个输出，最多 {most} 个。</translation>
    </message>
    <message>
        <source>it takes one or two lengths for each point.</source>
        <translation>它要求每个数据点有一个或两个长度。</translation>
    </message>
    <message>
        <source>Put Flatten() before it.</source>
        <translation>请在它前面放 Flatten()。</translation>
    </message>
    <message>
        <source>the channels cannot be divided into {count} groups.</source>
        <translation>通道不能分成 {count} 组。</translation>
    </message>
    <message>
        <source>Use a number by which in_channels and out_channels can be divided.</source>
        <translation>请用能整除 in_channels 和 out_channels 的数。</translation>
    </message>
    <message>
        <source>padding is more than half of kernel_size.</source>
        <translation>padding 超过了 kernel_size 的一半。</translation>
    </message>
    <message>
        <source>Use a smaller one.</source>
        <translation>请用小一些的。</translation>
    </message>
    <message>
        <source>end_dim is before start_dim.</source>
        <translation>end_dim 在 start_dim 之前。</translation>
    </message>
    <message>
        <source>Leave both out.</source>
        <translation>请把两者都去掉。</translation>
    </message>
    <message>
        <source>{product} is not {length}, the length that is divided.</source>
        <translation>{product} 不等于被拆分的长度 {length}。</translation>
    </message>
    <message>
        <source>Use two numbers whose product is {length}.</source>
        <translation>请用乘积为 {length} 的两个数。</translation>
    </message>
    <message>
        <source>it halves its input, and {length} is odd.</source>
        <translation>它把输入分成两半，而 {length} 是奇数。</translation>
    </message>
    <message>
        <source>Give it an even number of inputs.</source>
        <translation>请给它偶数个输入。</translation>
    </message>
    <message numerus="yes">
        <source>it gets {count} inputs.</source>
        <comment>it gets {count} input.</comment>
        <translation>
            <numerusform>它得到 {count} 个输入。</numerusform>
        </translation>
    </message>
    <message>
        <source>Write 1 or {count}.</source>
        <translation>请写 1 或 {count}。</translation>
    </message>
    <message numerus="yes">
        <source>it gets {count} inputs, and {name} is {value}.</source>
        <comment>it gets {count} input, and {name} is {value}.</comment>
        <translation>
            <numerusform>它得到 {count} 个输入，而 {name} 是 {value}。</numerusform>
        </translation>
    </message>
    <message>
        <source>it takes channels and a length for each point, and gets {shape}.</source>
        <translation>它要求每个数据点有通道数和长度，却得到 {shape}。</translation>
    </message>
    <message>
        <source>Put such as Unflatten(1, (1, 16)) before it.</source>
        <translation>例如在它前面放 Unflatten(1, (1, 16))。</translation>
    </message>
    <message>
        <source>its kernel is longer than its input of length {length}.</source>
        <translation>它的卷积核比长度为 {length} 的输入还长。</translation>
    </message>
    <message>
        <source>Use a smaller kernel_size.</source>
        <translation>请用小一些的 kernel_size。</translation>
    </message>
    <message>
        <source>dimension 0 has the points, each of which is taken by itself.</source>
        <translation>维度 0 是各数据点，每个点单独处理。</translation>
    </message>
    <message>
        <source>there is no dimension {dimension}.</source>
        <translation>没有维度 {dimension}。</translation>
    </message>
    <message>
        <source>Write one of {numbers}.</source>
        <translation>请写其中之一：{numbers}。</translation>
    </message>
    <message>
        <source>The expression has {count} characters.</source>
        <translation>表达式有 {count} 个字符。</translation>
    </message>
    <message>
        <source>The exponent of {name} has to be a number here.</source>
        <extracomment>All that follows, as far as an argument may reach.</extracomment>
        <translation>这里 {name} 的指数必须是数。</translation>
    </message>
    <message>
        <source>It is not clear how far {name} reaches here.</source>
        <translation>这里 {name} 作用到哪里并不明确。</translation>
    </message>
    <message>
        <source>Write {first} or {second}.</source>
        <translation>请写成 {first} 或 {second}。</translation>
    </message>
    <message>
        <source>{typed} can be read in two ways.</source>
        <translation>{typed} 有两种读法。</translation>
    </message>
    <message>
        <source>Write {power} for the power.</source>
        <translation>表示幂请写成 {power}。</translation>
    </message>
    <message>
        <source>Write {inverse} for the inverse function, or {reciprocal}.</source>
        <translation>反函数请写成 {inverse}，否则写成 {reciprocal}。</translation>
    </message>
    <message>
        <source>The bars of an absolute value are not in pairs here.</source>
        <translation>这里绝对值的竖线没有成对。</translation>
    </message>
    <message>
        <source>Write abs(...), which can be nested.</source>
        <translation>请写成 abs(...)，它可以嵌套。</translation>
    </message>
    <message>
        <source>{name} is not among those that may be typed.</source>
        <extracomment>What may stand in front of the code of a function. Names that torch and numpy have for the extreme along a dimension, with a second argument.</extracomment>
        <translation>{name} 不在可以输入的函数之列。</translation>
    </message>
    <message>
        <source>Write its formula, or see in README.md which functions there are.</source>
        <translation>请写出它的公式，或在 README.md 中查看有哪些函数。</translation>
    </message>
    <message>
        <source>This max may be the largest number along a dimension.</source>
        <translation>这个 max 可能是指沿某个维度的最大值。</translation>
    </message>
    <message>
        <source>Write max(a, b), or torch.maximum(a, b), for that of two.</source>
        <translation>两个数中的较大者请写成 max(a, b) 或 torch.maximum(a, b)。</translation>
    </message>
    <message>
        <source>This min may be the smallest number along a dimension.</source>
        <translation>这个 min 可能是指沿某个维度的最小值。</translation>
    </message>
    <message>
        <source>Write min(a, b), or torch.minimum(a, b), for that of two.</source>
        <translation>两个数中的较小者请写成 min(a, b) 或 torch.minimum(a, b)。</translation>
    </message>
    <message>
        <source>{name} is no function that may be typed.</source>
        <translation>{name} 不是可以输入的函数。</translation>
    </message>
    <message>
        <source>Methods such as x.sin() and x.pow(2) are taken.</source>
        <translation>可以使用 x.sin() 和 x.pow(2) 这样的方法。</translation>
    </message>
    <message>
        <source>{typed} may be one number or two.</source>
        <extracomment>A comma and this many digits group the thousands in English.</extracomment>
        <translation>{typed} 可能是一个数，也可能是两个数。</translation>
    </message>
    <message>
        <source>Write {number} for one, or a space behind the comma for two.</source>
        <translation>一个数请写成 {number}；两个数请在逗号后加空格。</translation>
    </message>
    <message>
        <source>{typed} may be {whole} or {decimal}.</source>
        <translation>{typed} 可能是 {whole} 或 {decimal}。</translation>
    </message>
    <message>
        <source>“{text}” may be {one} or {other}.</source>
        <extracomment>The dtypes whose numbers are also numbers of float32. Other characters for the same signs, as keyboards of other scripts have them. Marks of the writing direction, which a keyboard for Arabic may add to a minus. A number that is no part of a name or of a count in groups, with a minus that is no operator.</extracomment>
        <translation>“{text}”可能是{one}，也可能是{other}。</translation>
    </message>
    <message>
        <source>Write it without a comma, or with a decimal point.</source>
        <translation>请不用逗号书写，或使用小数点。</translation>
    </message>
    <message>
        <source>“{text}” is too large.</source>
        <translation>“{text}”太大。</translation>
    </message>
    <message>
        <source>Write a number below 1e308.</source>
        <translation>请写一个小于 1e308 的数。</translation>
    </message>
    <message>
        <source>“{text}” may be more than one number.</source>
        <translation>“{text}”可能表示不止一个数。</translation>
    </message>
    <message>
        <source>Write it with a decimal point and without marks for thousands, such as 1234.5.</source>
        <translation>请使用小数点，不用千位分隔符，例如 1234.5。</translation>
    </message>
    <message>
        <source>“{text}” is no number.</source>
        <translation>“{text}”不是数。</translation>
    </message>
    <message>
        <source>Write it such as 2.5 or 1e-3.</source>
        <translation>请写成 2.5 或 1e-3 这样。</translation>
    </message>
    <message>
        <source>“{text}” is no whole number.</source>
        <translation>“{text}”不是整数。</translation>
    </message>
    <message>
        <source>Write it without a point, such as 1000.</source>
        <translation>请不带小数点书写，例如 1000。</translation>
    </message>
    <message>
        <source>Write it such as 1000.</source>
        <translation>请写成 1000 这样。</translation>
    </message>
    <message>
        <source>{name} cannot stand beside {other}: there is one input.</source>
        <extracomment>Parameters whose names are those of functions.</extracomment>
        <translation>{name} 不能与 {other} 同时出现：只有一个输入。</translation>
    </message>
    <message>
        <source>Write x for the input, and another letter, such as {letter}, for a parameter.</source>
        <translation>输入请写 x，参数请用其他字母，例如 {letter}。</translation>
    </message>
    <message>
        <source>The {name} function cannot be typed.</source>
        <translation>无法输入 {name} 函数。</translation>
    </message>
    <message>
        <source>Write {name} * (...) for a product with the parameter {name}.</source>
        <translation>与参数 {name} 相乘请写成 {name} * (...)。</translation>
    </message>
    <message>
        <source>{command} is no command that is taken here.</source>
        <extracomment>Commands that are only about looks. Commands that are one token of the grammar: its kind and its text. Commands that set words, of which the letters count. Words before the condition of a case, and those for all that is left.</extracomment>
        <translation>{command} 不是这里可用的命令。</translation>
    </message>
    <message>
        <source>Write the expression with + - * / ^, brackets and functions such as sin(x).</source>
        <translation>请用 + - * / ^、括号和 sin(x) 这样的函数来写表达式。</translation>
    </message>
    <message>
        <source>{command} is not complete here.</source>
        <translation>这里的 {command} 不完整。</translation>
    </message>
    <message>
        <source>What {sign} begins has no end.</source>
        <translation>由 {sign} 开始的部分没有结束。</translation>
    </message>
    <message>
        <source>Write {bracket} or {command} where it ends.</source>
        <translation>请在结束处写 {bracket} 或 {command}。</translation>
    </message>
    <message>
        <source>odd multiples of pi/2</source>
        <translation>pi/2 的奇数倍</translation>
    </message>
    <message>
        <source>The logarithm</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>The square root</source>
        <translation>平方根</translation>
    </message>
    <message>
        <source>The cube root</source>
        <translation>立方根</translation>
    </message>
    <message>
        <source>The absolute value</source>
        <translation>绝对值</translation>
    </message>
    <message>
        <source>all numbers</source>
        <extracomment>The words of a domain by whether each of its bounds belongs to it; None where there is no bound.</extracomment>
        <translation>所有数</translation>
    </message>
    <message>
        <source>numbers from {low} on</source>
        <translation>大于或等于 {low} 的数</translation>
    </message>
    <message>
        <source>numbers above {low}</source>
        <translation>大于 {low} 的数</translation>
    </message>
    <message>
        <source>numbers up to {high}</source>
        <translation>小于或等于 {high} 的数</translation>
    </message>
    <message>
        <source>numbers below {high}</source>
        <translation>小于 {high} 的数</translation>
    </message>
    <message>
        <source>numbers from {low} on and up to {high}</source>
        <translation>从 {low} 到 {high} 的数（含两端）</translation>
    </message>
    <message>
        <source>numbers from {low} on and below {high}</source>
        <translation>大于或等于 {low} 且小于 {high} 的数</translation>
    </message>
    <message>
        <source>numbers above {low} and up to {high}</source>
        <translation>大于 {low} 且小于或等于 {high} 的数</translation>
    </message>
    <message>
        <source>numbers above {low} and below {high}</source>
        <translation>大于 {low} 且小于 {high} 的数</translation>
    </message>
    <message>
        <source>{numbers} except {poles}</source>
        <translation>除 {poles} 以外的{numbers}</translation>
    </message>
    <message>
        <source>The function {name}</source>
        <translation>函数 {name}</translation>
    </message>
    <message>
        <source>Use t and numbers, such as 0.999^t or 1/(1 + t/100).</source>
        <translation>请使用 t 和数，例如 0.999^t 或 1/(1 + t/100)。</translation>
    </message>
    <message>
        <source>The factor cannot be read: {reason}</source>
        <translation>无法读取该因子：{reason}</translation>
    </message>
    <message>
        <source>The factor depends on t alone, not on {names}.</source>
        <translation>该因子只依赖于 t，不依赖于 {names}。</translation>
    </message>
    <message>
        <source>{name} is no function of plain numbers.</source>
        <translation>{name} 不是普通数的函数。</translation>
    </message>
    <message>
        <source>The target cannot be read: {reason}</source>
        <translation>无法读取目标：{reason}</translation>
    </message>
    <message>
        <source>The target is fixed, so it has no parameters: {names} means nothing in it.</source>
        <translation>目标是固定的，没有参数：{names} 在其中没有意义。</translation>
    </message>
    <message>
        <source>Use x and numbers, such as sin(2 x) + 0.5.</source>
        <translation>请使用 x 和数，例如 sin(2 x) + 0.5。</translation>
    </message>
    <message>
        <source>Write x mod 2, whose sign is that of the divisor.</source>
        <extracomment>Functions of mathematics and of libraries that cannot be typed, and how they can be written. Those whose way of writing needs a word more.</extracomment>
        <translation>请写成 x mod 2，其符号与除数相同。</translation>
    </message>
    <message>
        <source>Write relu(x) - a relu(-x), where a is its parameter.</source>
        <translation>请写成 relu(x) - a relu(-x)，其中 a 是它的参数。</translation>
    </message>
    <message>
        <source>Write relu(x) - 0.2 relu(-x), with a slope that is not random.</source>
        <translation>请写成 relu(x) - 0.2 relu(-x)，其斜率不是随机的。</translation>
    </message>
    <message>
        <source>Write relu(x) for the threshold 0.</source>
        <translation>阈值为 0 时请写成 relu(x)。</translation>
    </message>
    <message>
        <source>Write log10(x) or log2(x), as it means either.</source>
        <translation>请写成 log10(x) 或 log2(x)，因为两者都可能。</translation>
    </message>
    <message>
        <source>It is not among those that may be typed.</source>
        <translation>它不在可以输入的函数之列。</translation>
    </message>
    <message>
        <source>A parameter is a letter, or a letter followed by digits, such as w1.</source>
        <translation>参数是一个字母，或字母后跟数字，例如 w1。</translation>
    </message>
    <message>
        <source>A product is written with spaces: {product}.</source>
        <translation>乘积用空格分开写：{product}。</translation>
    </message>
    <message>
        <source>There are PyTorch&apos;s activations, such as gelu, and {names}.</source>
        <translation>可用的有 PyTorch 的激活函数（如 gelu）以及 {names}。</translation>
    </message>
    <message>
        <source>The link {link} leads to a node that does not exist.</source>
        <extracomment>Above this Graphviz took more than 3 s in our measurements, or crashed. Rows that the links of shared leaves pass through, in all; 3,900 took Graphviz 1.3 s, 7,000 took 5 s, and 16,000 more than 25 s. The squares of how many links pass each row, in all. Graphviz makes a box of each row that a link passes, and compares all pairs in a row: 100,000 took it 2 to 6 s, 500,000 more than 12 s. The same where the links to the ports on a border pass all rows up to it: 320,000 took less than 2 s, 440,000 took 4.4 s on a busy machine, and 900,000 more than 25 s. Graphviz has a node of its own in each row that a link passes. The boxes, and the rows that all long links pass: 12,000 took 2 s. A link that passes fewer rows is a short one.</extracomment>
        <translation>边 {link} 指向不存在的节点。</translation>
    </message>
    <message>
        <source>The layout was cancelled.</source>
        <extracomment>The part of the time left that a plan may take; the last one may take all of it. A process that nobody ended at its deadline ends itself this much later. Whether the process has answered; one that cannot work is not started again and again.
----------
So many containers are remembered.
----------
The last resort: plans are chosen to take far less on an idle machine, and can be cancelled. An outdated layout may run on for so long, because its process takes longer to start again. The thread is not waited for longer when the window closes. The process has ended by itself: a Notice, which is withdrawn by the next layout of another. Not a queued signal: Qt hands over all of these before it looks at timers and keys.</extracomment>
        <translation>布局已取消。</translation>
    </message>
    <message>
        <source>The layout has been closed.</source>
        <translation>布局已关闭。</translation>
    </message>
    <message>
        <source>Graphviz cannot lay this graph out: {reason}</source>
        <extracomment>Graphviz measures boxes in inches and positions in points; a point is our pixel. The ranks of boxes that come first and last are objects too, without a place.</extracomment>
        <translation>Graphviz 无法为该图布局：{reason}</translation>
    </message>
    <message>
        <source>The derivative by {name} is too long to be written out.</source>
        <extracomment>A derivative with more nodes is of no use to a reader.</extracomment>
        <translation>对 {name} 的导数太长，无法写出。</translation>
    </message>
    <message>
        <source>PyTorch computes its value all the same; a shorter expression shows it.</source>
        <translation>PyTorch 仍会计算它的值；换成短一些的表达式即可显示。</translation>
    </message>
    <message>
        <source>The loss {loss} is no sum over single points, so it stays a name.</source>
        <extracomment>More derivatives are not read.</extracomment>
        <translation>损失 {loss} 不是对各数据点的求和，因此只写名称。</translation>
    </message>
    <message>
        <source>Where x of clamp meets a bound, PyTorch from 2.14 on has another derivative.</source>
        <translation>在 clamp 的 x 恰好等于边界处，PyTorch 从 2.14 起有另外的导数。</translation>
    </message>
    <message numerus="yes">
        <source>{count} more derivatives are left out.</source>
        <comment>{count} more derivative is left out.</comment>
        <translation>
            <numerusform>另有 {count} 个导数未列出。</numerusform>
        </translation>
    </message>
    <message>
        <source>The formula is too long to be set as mathematics.</source>
        <extracomment>The size of letters in pixels that all pieces are set at; pictures are scaled. Before a term, whose sign has its own space on either side, and before a line that goes on. A longer piece takes more than a second. ziamath keeps its settings and fonts for the whole process.</extracomment>
        <translation>公式太长，无法排成数学式。</translation>
    </message>
    <message>
        <source>Its LaTeX can be copied, and its text stands here.</source>
        <translation>可以复制它的 LaTeX，这里显示它的文本。</translation>
    </message>
    <message>
        <source>The formula is nested too deeply to be set as mathematics.</source>
        <translation>公式嵌套太深，无法排成数学式。</translation>
    </message>
    <message>
        <source>exported program</source>
        <extracomment>A larger one is not read into memory. So much of the code in an archive is shown, and so many of its entries are listed. The kinds as a reader is told of them.</extracomment>
        <translation>导出的程序</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>{file} holds neither an exported program nor TorchScript, or is damaged.</source>
        <translation>{file} 中既没有导出的程序也没有 TorchScript，或者已损坏。</translation>
    </message>
    <message>
        <source>Save it with torch.export.save or torch.jit.save; weights alone go to --weights, beside the file of their model.</source>
        <translation>请用 torch.export.save 或 torch.jit.save 保存；如果只有权重，请交给 --weights，并给出其模型的文件。</translation>
    </message>
    <message numerus="yes">
        <source># {kind}, {shown} entries, each with its bytes</source>
        <comment># {kind}, {shown} entry, with its bytes</comment>
        <translation>
            <numerusform># {kind}，{shown} 个条目，各附字节数</numerusform>
        </translation>
    </message>
    <message>
        <source>#   … and {count} more</source>
        <translation>#   … 另有 {count} 个</translation>
    </message>
    <message>
        <source># {file} is damaged.</source>
        <translation># {file} 已损坏。</translation>
    </message>
    <message>
        <source>{file} is damaged: the directory of its archive cannot be read.</source>
        <extracomment>torch saves without compression. A file that was packed once more may grow so much, or this far. For as many tensors a directory has entries.</extracomment>
        <translation>{file} 已损坏：无法读取其归档的目录。</translation>
    </message>
    <message>
        <source>Save it again.</source>
        <translation>请重新保存。</translation>
    </message>
    <message>
        <source>{file} would take {size} once unpacked; the limit is {limit}.</source>
        <translation>{file} 解压后将占用 {size}，上限为 {limit}。</translation>
    </message>
    <message>
        <source>Save the weights again with torch.save, which does not compress them.</source>
        <translation>请用 torch.save 重新保存权重，它不会压缩。</translation>
    </message>
    <message>
        <source>{file} has {count} entries; the limit is {limit}.</source>
        <translation>{file} 有 {count} 个条目，上限为 {limit}。</translation>
    </message>
    <message>
        <source>Save module.state_dict() alone.</source>
        <translation>请只保存 module.state_dict()。</translation>
    </message>
    <message>
        <source>Report of a problem with gradviz</source>
        <extracomment>A path of a file, or of a folder: two parts at least, so that a fraction is none. A path in quotes, as Python has it in a traceback, may have spaces. The folders of installed packages: beneath them a path tells nothing of the user.</extracomment>
        <translation>gradviz 问题报告</translation>
    </message>
    <message>
        <source>What I did, what I expected, and what happened instead:</source>
        <translation>我做了什么，期望什么，实际发生了什么：</translation>
    </message>
    <message>
        <source>Last events</source>
        <translation>最近的事件</translation>
    </message>
    <message numerus="yes">
        <source>{count} bytes</source>
        <comment>{count} byte</comment>
        <translation>
            <numerusform>{count} 字节</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} entries</source>
        <comment>{count} entry</comment>
        <translation>
            <numerusform>{count} 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Write values without names first.</source>
        <translation>请先写没有名称的值。</translation>
    </message>
    <message>
        <source>Close it with {bracket}.</source>
        <translation>请用 {bracket} 闭合。</translation>
    </message>
    <message>
        <source>Values are numbers, True, False, None, texts in quotes, (1, 2) and [1, 2].</source>
        <extracomment>The terminals that may be missing, from the likeliest on: where a value may stand so may a string, and a string alone is a dtype.</extracomment>
        <translation>值可以是数、True、False、None、带引号的文本、(1, 2) 和 [1, 2]。</translation>
    </message>
    <message>
        <source>A dtype is expected here, not “{found}”.</source>
        <translation>这里应为一个数据类型，而不是“{found}”。</translation>
    </message>
    <message>
        <source>A dtype is expected here, but the text ends.</source>
        <translation>这里应为一个数据类型，但文本已结束。</translation>
    </message>
    <message>
        <source>Write such as dtype=float32.</source>
        <translation>例如写成 dtype=float32。</translation>
    </message>
    <message>
        <source>A name is expected here, not “{found}”.</source>
        <translation>这里应为一个名称，而不是“{found}”。</translation>
    </message>
    <message>
        <source>A name is expected here, but the text ends.</source>
        <translation>这里应为一个名称，但文本已结束。</translation>
    </message>
    <message>
        <source>Separate values by commas.</source>
        <translation>值之间用逗号分隔。</translation>
    </message>
    <message>
        <source>An input is expected here, not “{found}”.</source>
        <translation>这里应为一个输入，而不是“{found}”。</translation>
    </message>
    <message>
        <source>An input is expected here, but the text ends.</source>
        <translation>这里应为一个输入，但文本已结束。</translation>
    </message>
    <message>
        <source>Use randn, rand, zeros, ones, arange, randint, such as randn(2, 3).</source>
        <translation>请使用 randn、rand、zeros、ones、arange、randint，例如 randn(2, 3)。</translation>
    </message>
    <message>
        <source>Separate inputs by ; such as randn(2, 3); randn(2).</source>
        <translation>输入之间用 ; 分隔，例如 randn(2, 3); randn(2)。</translation>
    </message>
    <message>
        <source>Write a call, such as randn(2, 3).</source>
        <translation>请写一个调用，例如 randn(2, 3)。</translation>
    </message>
    <message>
        <source>A text in quotes is expected here, not “{found}”.</source>
        <translation>这里应为带引号的文本，而不是“{found}”。</translation>
    </message>
    <message>
        <source>A text in quotes is expected here, but the text ends.</source>
        <translation>这里应为带引号的文本，但文本已结束。</translation>
    </message>
    <message>
        <source>Write it shorter, such as 1e9.</source>
        <translation>请写得短一些，例如 1e9。</translation>
    </message>
    <message>
        <source>This number is too long.</source>
        <translation>这个数太长。</translation>
    </message>
    <message>
        <source>This number is not finite.</source>
        <translation>这个数不是有限的。</translation>
    </message>
    <message>
        <source>Write a smaller one.</source>
        <translation>请写小一些的数。</translation>
    </message>
    <message>
        <source>This text has a backslash or a character that means nothing.</source>
        <translation>这段文本中有无意义的反斜杠或字符。</translation>
    </message>
    <message>
        <source>Write {sign} for a backslash.</source>
        <translation>反斜杠请写成 {sign}。</translation>
    </message>
    <message>
        <source>Values are numbers, True, False and None; write texts in quotes: &quot;{word}&quot;.</source>
        <translation>值可以是数、True、False 和 None；文本要加引号：&quot;{word}&quot;。</translation>
    </message>
    <message>
        <source>“{word}” is no value.</source>
        <translation>“{word}”不是值。</translation>
    </message>
    <message>
        <source>{name} is given twice.</source>
        <translation>{name} 给了两次。</translation>
    </message>
    <message>
        <source>A name has no dot.</source>
        <translation>名称中不能有点号。</translation>
    </message>
    <message>
        <source>Write name=value.</source>
        <translation>请写成 name=value。</translation>
    </message>
    <message>
        <source>It takes {names} by name.</source>
        <translation>它可按名称接受 {names}。</translation>
    </message>
    <message>
        <source>An input takes no {name}.</source>
        <translation>输入没有参数 {name}。</translation>
    </message>
    <message>
        <source>At most {most} deep.</source>
        <translation>最多 {most} 层。</translation>
    </message>
    <message>
        <source>This is nested too deep.</source>
        <translation>嵌套太深。</translation>
    </message>
    <message>
        <source>This has {count} characters.</source>
        <translation>这里有 {count} 个字符。</translation>
    </message>
    <message>
        <source>This text has no end.</source>
        <translation>这段文本没有结束。</translation>
    </message>
    <message>
        <source>The inputs have {count} elements.</source>
        <extracomment>All elements of all inputs together. An example input: a call, or calls in the tuples, lists and dicts that forward takes.</extracomment>
        <translation>输入有 {count} 个元素。</translation>
    </message>
    <message>
        <source>requires_grad is True or False.</source>
        <translation>requires_grad 是 True 或 False。</translation>
    </message>
    <message>
        <source>Write requires_grad=True.</source>
        <translation>请写成 requires_grad=True。</translation>
    </message>
    <message>
        <source>Compute a new tensor there: y = y + 1 in place of y += 1 or y.add_(1), inplace=False for an activation, or clone() before the change.</source>
        <extracomment>The kinds whose lines another forward pass can find; all others are &quot;other&quot;.</extracomment>
        <translation>请在那里计算一个新张量：用 y = y + 1 代替 y += 1 或 y.add_(1)，给激活函数设 inplace=False，或在改动之前调用 clone()。</translation>
    </message>
    <message>
        <source>Convert one of them: .to(other.dtype), .float(), or dtype=… where it is made.</source>
        <translation>请转换其中一个：.to(other.dtype)、.float()，或在创建处写 dtype=…。</translation>
    </message>
    <message>
        <source>A parameter, or another leaf that requires a gradient, cannot be changed in place.</source>
        <translation>参数或其他需要梯度的叶子不能原地修改。</translation>
    </message>
    <message>
        <source>Compute a new tensor there: y = y + 1 in place of y += 1 or y.add_(1), inplace=False for an activation, or clone() before the change. To set its values, do so under torch.no_grad().</source>
        <translation>请在那里计算一个新张量：用 y = y + 1 代替 y += 1 或 y.add_(1)，给激活函数设 inplace=False，或在改动之前调用 clone()。如果要设置它的值，请在 torch.no_grad() 下进行。</translation>
    </message>
    <message>
        <source>A module has a full backward hook, and its input or output is changed in place.</source>
        <translation>某个模块带有完整的反向钩子，而它的输入或输出被原地修改了。</translation>
    </message>
    <message>
        <source>Give the activation inplace=False, clone() the tensor before the change, or take the hook away.</source>
        <translation>请给激活函数设 inplace=False，在改动之前对张量调用 clone()，或去掉这个钩子。</translation>
    </message>
    <message>
        <source>It is a view, and autograd cannot follow a change in place of such a view.</source>
        <translation>它是一个视图，而自动求导无法跟踪对这种视图的原地修改。</translation>
    </message>
    <message>
        <source>A view that was made without a graph is changed in place where there is one.</source>
        <translation>一个在没有计算图时创建的视图，在有计算图的地方被原地修改了。</translation>
    </message>
    <message>
        <source>Make the view and change it either both under no_grad() or both outside of it.</source>
        <translation>创建视图和修改视图，要么都在 no_grad() 之内，要么都在它之外。</translation>
    </message>
    <message>
        <source>A value that the backward pass needs was changed in place after it had been kept.</source>
        <translation>反向传播所需的一个值在保存之后被原地修改了。</translation>
    </message>
    <message>
        <source>Several elements of that tensor are one number in memory, as after expand().</source>
        <translation>这个张量的多个元素在内存中是同一个数，例如 expand() 之后。</translation>
    </message>
    <message>
        <source>clone() it before the change in place.</source>
        <translation>请在原地修改之前对它调用 clone()。</translation>
    </message>
    <message>
        <source>A part of the graph belongs to an earlier backward pass, which released what it kept.</source>
        <translation>计算图的一部分属于更早的一次反向传播，那一次已经释放了保存的内容。</translation>
    </message>
    <message>
        <source>Call detach() on a tensor that is kept from one call to the next, and compute in forward what depends on the parameters.</source>
        <translation>对从一次调用保留到下一次的张量调用 detach()，并把依赖参数的内容放在 forward 中计算。</translation>
    </message>
    <message>
        <source>Nothing that requires a gradient reaches the tensor that is differentiated.</source>
        <translation>没有任何需要梯度的张量通向被求导的张量。</translation>
    </message>
    <message>
        <source>Look for detach(), .data, item(), no_grad() or argmax() on its way, or set requires_grad of the parameters.</source>
        <translation>请在通向它的路上查找 detach()、.data、item()、no_grad() 或 argmax()，或者设置参数的 requires_grad。</translation>
    </message>
    <message>
        <source>Only a scalar can be differentiated without saying where the gradient starts.</source>
        <translation>不指明梯度从哪里开始时，只能对标量求导。</translation>
    </message>
    <message>
        <source>Call .sum() or .mean() first, or give backward() a gradient of the same shape.</source>
        <translation>请先调用 .sum() 或 .mean()，或给 backward() 一个形状相同的梯度。</translation>
    </message>
    <message>
        <source>Only real scalars can be differentiated, and this one is complex.</source>
        <translation>只能对实数标量求导，而这一个是复数。</translation>
    </message>
    <message>
        <source>Take .abs(), .real or torch.view_as_real() of it.</source>
        <translation>请取它的 .abs()、.real 或 torch.view_as_real()。</translation>
    </message>
    <message>
        <source>{function}.forward takes {expected} arguments beside ctx, and backward returned {got}.</source>
        <translation>{function}.forward 除 ctx 外有 {expected} 个参数，而 backward 返回了 {got} 个梯度。</translation>
    </message>
    <message>
        <source>Return one gradient for each argument of forward, and None for those that have none.</source>
        <translation>请为 forward 的每个参数返回一个梯度，没有梯度的返回 None。</translation>
    </message>
    <message>
        <source>The gradient that {function}.backward returned at place {index} does not fit the argument at that place of forward.</source>
        <translation>{function}.backward 在位置 {index} 返回的梯度与 forward 该位置的参数不相符。</translation>
    </message>
    <message>
        <source>Return one of that argument&apos;s shape, dtype and device: sum over what was broadcast.</source>
        <translation>请返回与该参数形状、数据类型和设备都相同的梯度：对广播过的维度求和。</translation>
    </message>
    <message>
        <source>A custom Function&apos;s backward returned {got} in place of a gradient.</source>
        <translation>某个自定义 Function 的 backward 返回了 {got}，而不是梯度。</translation>
    </message>
    <message>
        <source>Return a tensor for each argument of forward, and None for those that have none.</source>
        <translation>请为 forward 的每个参数返回一个张量，没有梯度的返回 None。</translation>
    </message>
    <message>
        <source>A custom Function has no backward.</source>
        <translation>某个自定义 Function 没有 backward。</translation>
    </message>
    <message>
        <source>Define backward(ctx, gradient) as a static method.</source>
        <translation>请把 backward(ctx, gradient) 定义为静态方法。</translation>
    </message>
    <message>
        <source>A custom Function is written as PyTorch had it before version 1.3.</source>
        <translation>某个自定义 Function 用的是 PyTorch 1.3 之前的写法。</translation>
    </message>
    <message>
        <source>Make forward and backward static methods, and call Function.apply.</source>
        <translation>请把 forward 和 backward 写成静态方法，并调用 Function.apply。</translation>
    </message>
    <message>
        <source>A checkpoint ran its function again for the backward pass, and that computed otherwise than in the forward pass.</source>
        <translation>检查点为反向传播再次运行了它的函数，而这次的计算与前向传播时不同。</translation>
    </message>
    <message>
        <source>Take out of the checkpoint what differs from call to call: state kept on self, random numbers without preserve_rng_state=True, a branch that depends on either.</source>
        <translation>请把每次调用都不同的内容移出检查点：保存在 self 上的状态、没有设 preserve_rng_state=True 的随机数，以及依赖二者的分支。</translation>
    </message>
    <message>
        <source>The hook {hook} returned a gradient of another {part}.</source>
        <translation>钩子 {hook} 返回的梯度与原来的 {part} 不同。</translation>
    </message>
    <message>
        <source>Return a gradient like the one that the hook is given, or None to leave it as it is.</source>
        <translation>请返回与钩子所得到的同样的梯度，或返回 None 以保持不变。</translation>
    </message>
    <message>
        <source>A backward hook returned something that is no gradient, or too many of them.</source>
        <translation>某个反向钩子返回的不是梯度，或者返回得太多。</translation>
    </message>
    <message>
        <source>Return one gradient for each that the hook is given, or None to leave them as they are.</source>
        <translation>请为钩子得到的每个梯度返回一个梯度，或返回 None 以保持不变。</translation>
    </message>
    <message>
        <source>A hook that runs after a gradient was accumulated has returned something.</source>
        <translation>在梯度累加之后运行的某个钩子返回了值。</translation>
    </message>
    <message>
        <source>Return nothing from it: what is to be another gradient is changed in place, as by parameter.grad.mul_(2).</source>
        <translation>它不应返回任何值：要改变梯度时请原地修改，例如 parameter.grad.mul_(2)。</translation>
    </message>
    <message>
        <source>A tensor is on the meta device, where it has a shape and no numbers.</source>
        <translation>有一个张量在 meta 设备上，它在那里只有形状，没有数值。</translation>
    </message>
    <message>
        <source>Give its module numbers, as to_empty(device=&quot;cpu&quot;) and load_state_dict() do, or put the whole model on the meta device: where all parameters are there, so are the inputs.</source>
        <translation>请给它的模块赋予数值，例如用 to_empty(device=&quot;cpu&quot;) 和 load_state_dict()，或把整个模型放到 meta 设备上：所有参数都在那里时，输入也在那里。</translation>
    </message>
    <message>
        <source>Tensors on different devices are used together.</source>
        <translation>不同设备上的张量被一起使用了。</translation>
    </message>
    <message>
        <source>Move one of them: .to(other.device). Use register_buffer for a constant of a module, so that it moves with it.</source>
        <translation>请移动其中一个：.to(other.device)。模块的常量请用 register_buffer，这样它会随模块一起移动。</translation>
    </message>
    <message>
        <source>Tensors of different dtypes are used together.</source>
        <translation>不同数据类型的张量被一起使用了。</translation>
    </message>
    <message>
        <source>An argument has another dtype than the function takes: {wanted}.</source>
        <translation>某个参数的数据类型不是函数所接受的：{wanted}。</translation>
    </message>
    <message>
        <source>Convert it, as with .long() for indices; an index has no gradient.</source>
        <translation>请转换它，例如索引用 .long()；索引没有梯度。</translation>
    </message>
    <message>
        <source>The target has another dtype than the loss takes: {wanted}.</source>
        <translation>目标的数据类型不是损失所接受的：{wanted}。</translation>
    </message>
    <message>
        <source>Convert it, as with .long() for the numbers of classes.</source>
        <translation>请转换它，例如类别编号用 .long()。</translation>
    </message>
    <message>
        <source>SGD, Adagrad and SparseAdam take sparse gradients, without weight decay.</source>
        <translation>接受稀疏梯度的是 SGD、Adagrad 和 SparseAdam，且不能有权重衰减。</translation>
    </message>
    <message>
        <source>Choose one of them, or make the embedding with sparse=False.</source>
        <translation>请选择其中之一，或用 sparse=False 创建嵌入层。</translation>
    </message>
    <message>
        <source>NumPy keeps no graph, so PyTorch does not hand it a tensor that has one.</source>
        <translation>NumPy 不保存计算图，所以 PyTorch 不会把带计算图的张量交给它。</translation>
    </message>
    <message>
        <source>Use a function of PyTorch, or detach() where no gradient is wanted.</source>
        <translation>请使用 PyTorch 的函数；如果不需要梯度，请用 detach()。</translation>
    </message>
    <message>
        <source>A tensor made under inference_mode() has no part in a graph.</source>
        <translation>在 inference_mode() 下创建的张量不能参与计算图。</translation>
    </message>
    <message>
        <source>Make it under no_grad(), or clone() it.</source>
        <translation>请在 no_grad() 下创建它，或对它调用 clone()。</translation>
    </message>
    <message>
        <source>A tensor that a gradient is asked of has no part in the output.</source>
        <translation>要求梯度的某个张量与输出无关。</translation>
    </message>
    <message>
        <source>Compute the output from it, or give torch.autograd.grad allow_unused=True.</source>
        <translation>请用它来计算输出，或给 torch.autograd.grad 传入 allow_unused=True。</translation>
    </message>
    <message>
        <source>A tensor that was computed with a graph cannot be copied deeply.</source>
        <translation>带着计算图算出的张量不能深拷贝。</translation>
    </message>
    <message>
        <source>Call detach() where it is kept, or clone() in place of copy.deepcopy().</source>
        <translation>请在保存它的地方调用 detach()，或用 clone() 代替 copy.deepcopy()。</translation>
    </message>
    <message>
        <source>A tensor that was computed gets requires_grad from the tensors behind it.</source>
        <translation>算出来的张量的 requires_grad 由它所依赖的张量决定。</translation>
    </message>
    <message>
        <source>Call detach() for one without a gradient.</source>
        <translation>需要不带梯度的张量时请调用 detach()。</translation>
    </message>
    <message>
        <source>There are more calls within one another than Python allows: a module or a function calls itself without an end, or a module is a part of itself.</source>
        <translation>嵌套调用的层数超出了 Python 的限制：某个模块或函数无休止地调用自己，或某个模块是它自己的一部分。</translation>
    </message>
    <message>
        <source>End the recursion, or call in a loop.</source>
        <translation>请结束递归，或改用循环调用。</translation>
    </message>
    <message>
        <source>Whole numbers have no gradient.</source>
        <translation>整数没有梯度。</translation>
    </message>
    <message>
        <source>Make it a floating-point tensor, as with .float().</source>
        <translation>请把它变成浮点张量，例如用 .float()。</translation>
    </message>
    <message>
        <source>It would end the program, as exit() and sys.exit() do.</source>
        <translation>它会像 exit() 和 sys.exit() 那样结束程序。</translation>
    </message>
    <message>
        <source>It would end the program, as Ctrl+C does.</source>
        <translation>它会像 Ctrl+C 那样结束程序。</translation>
    </message>
    <message>
        <source>It is not taken for an error by code that catches Exception.</source>
        <translation>捕获 Exception 的代码不会把它当作错误。</translation>
    </message>
    <message>
        <source>Raise an error such as ValueError, or call it under if __name__ == &quot;__main__&quot; alone.</source>
        <translation>请抛出 ValueError 之类的错误，或只在 if __name__ == &quot;__main__&quot; 之下调用它。</translation>
    </message>
    <message>
        <source>Give dtype=float32, or no requires_grad.</source>
        <translation>请给出 dtype=float32，或去掉 requires_grad。</translation>
    </message>
    <message>
        <source>The size is given twice.</source>
        <translation>大小给了两次。</translation>
    </message>
    <message>
        <source>The size {size} does not work.</source>
        <translation>大小 {size} 不可用。</translation>
    </message>
    <message>
        <source>At most {most} dimensions, each of 0 or more.</source>
        <translation>最多 {most} 个维度，每个不小于 0。</translation>
    </message>
    <message>
        <source>randint takes low, high and a size.</source>
        <translation>randint 需要 low、high 和 size。</translation>
    </message>
    <message>
        <source>Write randint(0, 9, (2, 3)).</source>
        <translation>请写成 randint(0, 9, (2, 3))。</translation>
    </message>
    <message>
        <source>There is no whole number from {low} to below {high}.</source>
        <translation>没有不小于 {low} 且小于 {high} 的整数。</translation>
    </message>
    <message>
        <source>The second number is above the first.</source>
        <translation>第二个数要大于第一个数。</translation>
    </message>
    <message>
        <source>arange takes an end, or start, end and step.</source>
        <translation>arange 需要 end，或 start、end 和 step。</translation>
    </message>
    <message>
        <source>Write arange(0, 10, 2).</source>
        <translation>请写成 arange(0, 10, 2)。</translation>
    </message>
    <message>
        <source>arange takes a step other than 0.</source>
        <translation>arange 的步长不能是 0。</translation>
    </message>
    <message>
        <source>Write arange(10).</source>
        <translation>请写成 arange(10)。</translation>
    </message>
    <message>
        <source>arange never arrives at its end.</source>
        <translation>arange 永远到不了终点。</translation>
    </message>
    <message>
        <source>Turn the sign of the step.</source>
        <translation>请改变步长的符号。</translation>
    </message>
    <message>
        <source>The number {number} is too large.</source>
        <translation>数 {number} 太大。</translation>
    </message>
    <message>
        <source>A whole number is expected, not {value}.</source>
        <translation>应为整数，而不是 {value}。</translation>
    </message>
    <message>
        <source>Write such as randn(2, 3).</source>
        <translation>例如写成 randn(2, 3)。</translation>
    </message>
    <message>
        <source>There is no depth {depth}.</source>
        <extracomment>Somebody looks at a notebook: a picture is laid out more simply after so many seconds. About five megabytes of SVG.</extracomment>
        <translation>没有深度{depth}。</translation>
    </message>
    <message>
        <source>Use a whole number from 0.</source>
        <translation>请用不小于 0 的整数。</translation>
    </message>
    <message>
        <source>There is no graph_dir {direction}.</source>
        <translation>没有 graph_dir {direction}。</translation>
    </message>
    <message>
        <source>Use &quot;TB&quot; for top to bottom, &quot;LR&quot; for left to right, &quot;BT&quot; or &quot;RL&quot; the other way.</source>
        <translation>&quot;TB&quot; 表示从上到下，&quot;LR&quot; 表示从左到右，&quot;BT&quot; 或 &quot;RL&quot; 方向相反。</translation>
    </message>
    <message>
        <source>There is no theme {name}.</source>
        <translation>没有主题 {name}。</translation>
    </message>
    <message>
        <source>Use one of {names}.</source>
        <translation>请使用其中之一：{names}。</translation>
    </message>
    <message>
        <source>There are no names {name}.</source>
        <translation>没有命名方式 {name}。</translation>
    </message>
    <message>
        <source>The scale {scale} does not work.</source>
        <translation>缩放比例 {scale} 不可用。</translation>
    </message>
    <message>
        <source>Use a number above 0, such as {usual}.</source>
        <translation>请用大于 0 的数，例如 {usual}。</translation>
    </message>
    <message>
        <source>{dpi} dpi do not work.</source>
        <translation>{dpi} dpi 不可用。</translation>
    </message>
    <message>
        <source>Use a number from {least} to {most}.</source>
        <translation>请用{least}到{most}之间的数。</translation>
    </message>
    <message>
        <source>There is no step {step}.</source>
        <translation>没有第{step}步。</translation>
    </message>
    <message>
        <source>Call backward() first.</source>
        <translation>请先调用 backward()。</translation>
    </message>
    <message>
        <source>There is no style {name}.</source>
        <translation>没有样式 {name}。</translation>
    </message>
    <message>
        <source>Use &quot;publication&quot;, or leave it out.</source>
        <translation>请用 &quot;publication&quot;，或去掉它。</translation>
    </message>
    <message>
        <source>width_mm and caption are for a drawing for print.</source>
        <translation>width_mm 和 caption 用于印刷的图。</translation>
    </message>
    <message>
        <source>Add style=&quot;publication&quot;.</source>
        <translation>请加上 style=&quot;publication&quot;。</translation>
    </message>
    <message>
        <source>A picture of {count} boxes is too large for a notebook.</source>
        <translation>{count}个方框的图对笔记本来说太大。</translation>
    </message>
    <message>
        <source>Capture the module itself, capture(module, inputs=…), which has groups, give a small depth, or write a file with save().</source>
        <translation>请捕获模块本身，capture(module, inputs=…)，它有分组；或给出较小的 depth，或用 save() 写入文件。</translation>
    </message>
    <message>
        <source>{file} could not be written: there is no folder {folder}.</source>
        <translation>无法写入 {file}：没有文件夹 {folder}。</translation>
    </message>
    <message>
        <source>Make the folder first, or choose another one.</source>
        <translation>请先建立文件夹，或选择另一个。</translation>
    </message>
    <message>
        <source>The picture was given up.</source>
        <translation>图已放弃绘制。</translation>
    </message>
    <message>
        <source>Ask for it again.</source>
        <translation>请重新请求。</translation>
    </message>
    <message>
        <source>There is no such dtype.</source>
        <translation>没有这种数据类型。</translation>
    </message>
    <message>
        <source>This is no loss.</source>
        <extracomment>Returns targets, as they are typed, for an output of that shape. Their parameters are trained with those of the model, to which they must belong.</extracomment>
        <translation>这不是损失。</translation>
    </message>
    <message>
        <source>Write such as CrossEntropyLoss, or HuberLoss(delta=0.5).</source>
        <translation>例如写成 CrossEntropyLoss，或 HuberLoss(delta=0.5)。</translation>
    </message>
    <message>
        <source>{name} has parameters of its own.</source>
        <translation>{name} 有自己的参数。</translation>
    </message>
    <message>
        <source>Make it in __init__, so that they are trained, and call it in forward.</source>
        <translation>请在 __init__ 中创建它，使这些参数得到训练，并在 forward 中调用它。</translation>
    </message>
    <message>
        <source>{loss} needs {numbers} as target, and here is {found}.</source>
        <extracomment>The derivative of one point&apos;s loss by its residual, y_pred - y, for numbers of any precision.</extracomment>
        <translation>{loss}的目标必须是{numbers}，而这里有 {found}。</translation>
    </message>
    <message>
        <source>{loss} needs {numbers} as output, and here is {found}.</source>
        <translation>{loss}的输出必须是{numbers}，而这里有 {found}。</translation>
    </message>
    <message>
        <source>numbers from 0 on</source>
        <extracomment>The losses of torch.nn for regression that need y_pred and y alone.</extracomment>
        <translation>大于或等于 0 的数</translation>
    </message>
    <message>
        <source>Choose a target such as x^2, or another loss.</source>
        <translation>请选择 x^2 之类的目标，或另一个损失。</translation>
    </message>
    <message>
        <source>numbers from 0 to 1</source>
        <extracomment>The losses that compare an output with counts, with probabilities or with one of two classes. KLDivLoss, MarginRankingLoss, CosineEmbeddingLoss, TripletMarginLoss, CTCLoss and those of several labels are not among them: one number for each point is none of their targets.</extracomment>
        <translation>0 到 1 之间的数</translation>
    </message>
    <message>
        <source>Choose a target such as sigmoid(3 x), or another loss.</source>
        <translation>请选择 sigmoid(3 x) 之类的目标，或另一个损失。</translation>
    </message>
    <message>
        <source>-1 or 1 for each point</source>
        <translation>每个数据点为 -1 或 1</translation>
    </message>
    <message>
        <source>Choose a target such as x / abs(x), or another loss.</source>
        <translation>请选择 x / abs(x) 之类的目标，或另一个损失。</translation>
    </message>
    <message>
        <source>End the model in a sigmoid, or choose BCEWithLogitsLoss.</source>
        <translation>请让模型以 sigmoid 结尾，或选择 BCEWithLogitsLoss。</translation>
    </message>
    <message>
        <source>cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>NLLLoss of log_softmax</source>
        <translation>log_softmax 的 NLLLoss</translation>
    </message>
    <message>
        <source>Choose one of: {names}.</source>
        <translation>请选择其中之一：{names}。</translation>
    </message>
    <message>
        <source>There is no loss {name!r}.</source>
        <translation>没有损失 {name!r}。</translation>
    </message>
    <message>
        <source>There is no loss {name}.</source>
        <translation>没有损失 {name}。</translation>
    </message>
    <message>
        <source>There is not enough memory for {file}.</source>
        <extracomment>The library holds the interpreter&apos;s lock while it works; a file that takes longer is given up.</extracomment>
        <translation>内存不足以读取 {file}。</translation>
    </message>
    <message>
        <source>Name a smaller file.</source>
        <translation>请指定小一些的文件。</translation>
    </message>
    <message>
        <source>The export could not be started: {reason}.</source>
        <translation>无法开始导出：{reason}。</translation>
    </message>
    <message>
        <source>signal {number}</source>
        <translation>信号 {number}</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>这幅图</translation>
    </message>
    <message>
        <source>The export of {name} was ended before it was done ({way}), perhaps for lack of memory; a file of that name is as it was.</source>
        <translation>{name} 的导出在完成之前被终止（{way}），可能是内存不足；同名文件保持原样。</translation>
    </message>
    <message>
        <source>Export again; a PNG image with a smaller scale needs less memory.</source>
        <translation>请重新导出；缩放比例更小的 PNG 图像需要的内存更少。</translation>
    </message>
    <message>
        <source>Without one, gradviz.capture(output).save(&apos;graph.svg&apos;) writes the picture.</source>
        <translation>没有显示器时，可用 gradviz.capture(output).save(&apos;graph.svg&apos;) 写出图。</translation>
    </message>
    <message>
        <source>The window could not be started: {reason}.</source>
        <extracomment>The end of an answer that nobody wants any more is waited for so long, at most. What the thread of a window does next: a part of the events to send, made in that thread.</extracomment>
        <translation>无法启动窗口：{reason}。</translation>
    </message>
    <message>
        <source>exit code {code}</source>
        <translation>退出码 {code}</translation>
    </message>
    <message>
        <source>the window ended by itself: {reason}</source>
        <translation>窗口自行结束：{reason}</translation>
    </message>
    <message>
        <source>{file} could not be read: the process that reads it was ended ({way}).</source>
        <translation>无法读取 {file}：读取它的进程已被终止（{way}）。</translation>
    </message>
    <message>
        <source>It is damaged or too large; export the model again, or name another file.</source>
        <translation>它已损坏或太大；请重新导出模型，或指定其他文件。</translation>
    </message>
    <message>
        <source>a tensor {shape}</source>
        <translation>张量 {shape}</translation>
    </message>
    <message numerus="yes">
        <source>a graph of {shown} operators</source>
        <comment>a graph of {shown} operator</comment>
        <translation>
            <numerusform>含 {shown} 个算子的图</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} has {count} operators; the limit is {limit}.</source>
        <extracomment>Protocol buffers hold at most twice as much. Operators, inputs, outputs and parameters, and all that operators take and make. Where a graph within an operator is nested deeper, nobody has made it by hand or by a program. Names in a damaged file may have any length.</extracomment>
        <translation>{file} 有 {count} 个算子，上限为 {limit}。</translation>
    </message>
    <message>
        <source>{file} has {count} parts; the limit is {limit}.</source>
        <translation>{file} 有 {count} 个部分，上限为 {limit}。</translation>
    </message>
    <message>
        <source>An ONNX file is read by a package that is not installed.</source>
        <translation>读取 ONNX 文件所需的软件包没有安装。</translation>
    </message>
    <message>
        <source>Install it: {command}.</source>
        <translation>请安装：{command}。</translation>
    </message>
    <message>
        <source>{file} is no ONNX file, or is damaged ({fault}).</source>
        <translation>{file} 不是 ONNX 文件，或已损坏（{fault}）。</translation>
    </message>
    <message>
        <source>{file} is no ONNX file, or is damaged.</source>
        <translation>{file} 不是 ONNX 文件，或已损坏。</translation>
    </message>
    <message>
        <source>Export the model again, or name another file.</source>
        <translation>请重新导出模型，或指定其他文件。</translation>
    </message>
    <message>
        <source>The graphs of its operators are nested too deep.</source>
        <translation>其算子中的图嵌套太深。</translation>
    </message>
    <message>
        <source>{path} is not trusted, or has changed since it was.</source>
        <translation>{path} 不受信任，或在受信任之后有改动。</translation>
    </message>
    <message>
        <source>Look through it, then give --trust: its code runs with your rights.</source>
        <translation>请先查看内容，再给出 --trust：它的代码会以你的权限运行。</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>{file} turns gradients off for all that follows, so nothing has one.</source>
        <translation>{file} 关闭了此后的全部梯度，所以什么都没有梯度。</translation>
    </message>
    <message>
        <source>Take out torch.set_grad_enabled(False), or use torch.no_grad() in forward.</source>
        <translation>请去掉 torch.set_grad_enabled(False)，或在 forward 中使用 torch.no_grad()。</translation>
    </message>
    <message>
        <source>The archive</source>
        <translation>归档文件</translation>
    </message>
    <message>
        <source>{file} is no Python: {error} in line {line}.</source>
        <translation>{file} 不是 Python 代码：{error}（第 {line} 行）。</translation>
    </message>
    <message>
        <source>{file} is no Python: {error}.</source>
        <translation>{file} 不是 Python 代码：{error}。</translation>
    </message>
    <message>
        <source>Put it right in an editor, then open it again.</source>
        <translation>请在编辑器中改正，然后重新打开。</translation>
    </message>
    <message>
        <source>Name another file.</source>
        <translation>请指定其他文件。</translation>
    </message>
    <message>
        <source>{path} is a folder.</source>
        <translation>{path} 是文件夹。</translation>
    </message>
    <message>
        <source>Missing: {names}.</source>
        <extracomment>Under these names a checkpoint keeps the weights beside other things.</extracomment>
        <translation>缺少：{names}。</translation>
    </message>
    <message>
        <source>Not in the model: {names}.</source>
        <translation>模型中没有：{names}。</translation>
    </message>
    <message>
        <source>{path} does not fit the model.</source>
        <translation>{path} 与模型不相符。</translation>
    </message>
    <message>
        <source>{path} has {name} in the shape {shape}.</source>
        <translation>{path} 中 {name} 的形状是 {shape}。</translation>
    </message>
    <message>
        <source>The model has it in the shape {shape}: check the arguments.</source>
        <translation>它在模型中的形状是 {shape}：请检查参数。</translation>
    </message>
    <message>
        <source>{path} does not fit the model: {error}</source>
        <translation>{path} 与模型不相符：{error}</translation>
    </message>
    <message>
        <source>Check the arguments.</source>
        <translation>请检查参数。</translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation>{path} 不存在。</translation>
    </message>
    <message>
        <source>Name a .safetensors or .pt file.</source>
        <translation>请指定 .safetensors 或 .pt 文件。</translation>
    </message>
    <message>
        <source>Give a file with two columns of numbers, x and y.</source>
        <extracomment>So many bytes hold the most points that there may be, with all their digits.</extracomment>
        <translation>请给出一个有 x 和 y 两列数的文件。</translation>
    </message>
    <message>
        <source>{file} is no text.</source>
        <translation>{file} 不是文本文件。</translation>
    </message>
    <message>
        <source>{path} cannot be read: {error}.</source>
        <translation>无法读取 {path}：{error}。</translation>
    </message>
    <message>
        <source>There is no point in {file}: it takes at least {least}.</source>
        <translation>{file} 中没有数据点：至少需要{least}个。</translation>
    </message>
    <message numerus="yes">
        <source>There are {count} points in {file}: it takes at least {least}.</source>
        <comment>There is {count} point in {file}: it takes at least {least}.</comment>
        <translation>
            <numerusform>{file} 中有{count}个数据点：至少需要{least}个。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>没有文件 {path}。</translation>
    </message>
    <message>
        <source>{path} is no file.</source>
        <translation>{path} 不是文件。</translation>
    </message>
    <message>
        <source>{file} has {size} MB; the limit is {limit} MB.</source>
        <translation>{file} 有 {size} MB；上限是 {limit} MB。</translation>
    </message>
    <message>
        <source>{file} has more than {most} points.</source>
        <translation>{file} 的数据点超过{most}个。</translation>
    </message>
    <message numerus="yes">
        <source>Line {line} of {file} has {count} columns.</source>
        <comment>Line {line} of {file} has one column.</comment>
        <translation>
            <numerusform>{file} 的第{line}行有{count}列。</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {line} of {file}: “{cell}” is no number.</source>
        <translation>{file} 的第{line}行：“{cell}”不是数。</translation>
    </message>
    <message>
        <source>Line {line} of {file}: {number} is not finite.</source>
        <translation>{file} 的第{line}行：{number} 不是有限的数。</translation>
    </message>
    <message>
        <source>{path} is no file of weights.</source>
        <translation>{path} 不是权重文件。</translation>
    </message>
    <message>
        <source>{path} holds more than weights, or is damaged, and is not loaded: it could run code.</source>
        <translation>{path} 含有权重以外的内容或已损坏，因此不加载：它可能会运行代码。</translation>
    </message>
    <message>
        <source>Save module.state_dict() alone, or use .safetensors.</source>
        <translation>请只保存 module.state_dict()，或使用 .safetensors。</translation>
    </message>
    <message>
        <source>{path} holds no weights by name.</source>
        <translation>{path} 中没有带名称的权重。</translation>
    </message>
    <message>
        <source>Save module.state_dict(), or use .safetensors.</source>
        <translation>请保存 module.state_dict()，或使用 .safetensors。</translation>
    </message>
    <message>
        <source>{path} is damaged: {error}.</source>
        <translation>{path} 已损坏：{error}。</translation>
    </message>
    <message>
        <source>Save the weights again.</source>
        <translation>请重新保存权重。</translation>
    </message>
    <message>
        <source>Name an ONNX file.</source>
        <translation>请指定一个 ONNX 文件。</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} has more than {count} bytes.</source>
        <translation>{path} 超过 {count} 字节。</translation>
    </message>
    <message>
        <source>{file} keeps tensors in other files, which gradviz does not read.</source>
        <translation>{file} 的张量保存在其他文件中，gradviz 不读取它们。</translation>
    </message>
    <message>
        <source>Save it as one file: onnx.save(onnx.load(path), new_path).</source>
        <translation>请保存为单个文件：onnx.save(onnx.load(path), new_path)。</translation>
    </message>
    <message>
        <source>Export a part of the model.</source>
        <translation>请只导出模型的一部分。</translation>
    </message>
    <message>
        <source>The shapes could not be inferred: {reason}.</source>
        <extracomment>So many outputs of an operator are told with their types. By the name of a value the id of its node, and which of its outputs it is.</extracomment>
        <translation>无法推断形状：{reason}。</translation>
    </message>
    <message>
        <source>it has no output</source>
        <translation>它没有输出</translation>
    </message>
    <message>
        <source>input of the model</source>
        <translation>模型的输入</translation>
    </message>
    <message>
        <source>operator {number} has no type</source>
        <translation>算子 {number} 没有类型</translation>
    </message>
    <message>
        <source>of {domain}</source>
        <translation>属于 {domain}</translation>
    </message>
    <message>
        <source>outputs: {outputs}</source>
        <translation>输出：{outputs}</translation>
    </message>
    <message>
        <source>{name} is made twice</source>
        <translation>{name} 被生成了两次</translation>
    </message>
    <message>
        <source>{name} is used before anything has made it</source>
        <translation>{name} 在生成之前就被使用</translation>
    </message>
    <message>
        <source>(shape not known)</source>
        <translation>（形状未知）</translation>
    </message>
    <message>
        <source>Operators of {sets}, made by {maker}.</source>
        <translation>算子来自 {sets}，由 {maker} 生成。</translation>
    </message>
    <message>
        <source>Operators of {sets}.</source>
        <translation>算子来自 {sets}。</translation>
    </message>
    <message numerus="yes">
        <source>Of {shown} functions of the file each call is a node.</source>
        <comment>Of {shown} function of the file each call is a node.</comment>
        <translation>
            <numerusform>文件中有 {shown} 个函数，每次调用是一个节点。</numerusform>
        </translation>
    </message>
    <message>
        <source>type {number}</source>
        <extracomment>The values of a larger one are not counted. The shapes of others may follow from the values of one so large, and not from a larger one. What torch, NumPy and every reader call otherwise. A size is a name where it may change from call to call, and &quot;?&quot; where it is not known.</extracomment>
        <translation>类型 {number}</translation>
    </message>
    <message>
        <source>the tensor {name} has a negative size</source>
        <translation>张量 {name} 的大小为负数</translation>
    </message>
    <message>
        <source>the values of {name} are not those of its type and shape</source>
        <translation>{name} 的值与其类型和形状不符</translation>
    </message>
    <message>
        <source>This file imports more than {files} files or {megabytes} MB from {folder}.</source>
        <extracomment>Python&apos;s own modules, the packages installed for it, and this program: no code of the user&apos;s.</extracomment>
        <translation>该文件从 {folder} 导入了超过 {files} 个文件或 {megabytes} MB。</translation>
    </message>
    <message>
        <source>Install them as a package, or move the file.</source>
        <translation>请把它们安装为软件包，或移动该文件。</translation>
    </message>
    <message>
        <source>An ONNX file has a forward graph alone, without gradients, a backward pass or training.</source>
        <extracomment>A file of source code is smaller; a larger one is no model. A file that is shown and never run; see onnx_files.</extracomment>
        <translation>ONNX 文件只有前向图，没有梯度、反向传播或训练。</translation>
    </message>
    <message>
        <source>“{name}” is no name of a class or function.</source>
        <extracomment>A file of Python, an archive with a model, or a graph alone. The functions that a file may define beside its models; see the engine&apos;s own models.</extracomment>
        <translation>“{name}”不是类或函数的名称。</translation>
    </message>
    <message>
        <source>Write {path}:Name with a name of that file.</source>
        <translation>请写成 {path}:Name，其中 Name 是该文件中的名称。</translation>
    </message>
    <message>
        <source>Show it with Open model or gradviz graph.</source>
        <translation>请用“打开模型”或 gradviz graph 显示它。</translation>
    </message>
    <message>
        <source>Name a file of Python.</source>
        <translation>请指定一个 Python 文件。</translation>
    </message>
    <message>
        <source>The trust cannot be remembered: {path}: {reason}.</source>
        <extracomment>How a file stands: its content is trusted, or another content was at its path, or none.</extracomment>
        <translation>无法记住这项信任：{path}：{reason}。</translation>
    </message>
    <message>
        <source>Make that file writable.</source>
        <translation>请使该文件可写。</translation>
    </message>
    <message>
        <source>The process has ended.</source>
        <extracomment>Read at a time of the standard error of a process. The rest of its output is waited for so long after the end of a process, at most. The end of a process that was killed is waited for so long, at most. The folder that holds this package, which need not be installed.</extracomment>
        <translation>进程已结束。</translation>
    </message>
    <message>
        <source>there is no version {number}</source>
        <translation>没有版本 {number}</translation>
    </message>
    <message>
        <source>{file} holds a recorded pass, and no session.</source>
        <extracomment>The member that has the session. The member that has the recording that is kept for comparison, as a file of its own. More than any session has; what is larger is not read.</extracomment>
        <translation>{file} 中是传播过程的记录，而不是会话。</translation>
    </message>
    <message>
        <source>Open it in the window: {command}</source>
        <translation>请在窗口中打开：{command}</translation>
    </message>
    <message>
        <source>its archive has no {name}</source>
        <extracomment>The member that tells a file of recordings from a session. The version of its structure. More than the graph and the trace of any pass take. The numbers of tensors by name, and those of a node&apos;s gradients in their order.</extracomment>
        <translation>其归档中没有 {name}</translation>
    </message>
    <message>
        <source>{file} was written by a newer version of gradviz, whose sessions this one does not know.</source>
        <translation>{file} 由更新版本的 gradviz 写入，当前版本无法识别其会话。</translation>
    </message>
    <message>
        <source>Update gradviz to open it.</source>
        <translation>请更新 gradviz 后再打开。</translation>
    </message>
    <message>
        <source>This recording was written by a newer version of gradviz, whose recordings this one does not know.</source>
        <translation>该记录由更新版本的 gradviz 写入，当前版本无法识别。</translation>
    </message>
    <message>
        <source>it has no pass</source>
        <translation>其中没有传播过程</translation>
    </message>
    <message>
        <source>The session</source>
        <extracomment>More than any file has; what is larger is not read. A file has a few members; what it cannot name it may skip, but not without end. All that Python&apos;s zipfile and the decoders say of bytes that are none of theirs.</extracomment>
        <translation>该会话</translation>
    </message>
    <message>
        <source>Choose a session file, which ends in .gviz.</source>
        <translation>请选择会话文件，其后缀为 .gviz。</translation>
    </message>
    <message>
        <source>{name} is no session of gradviz, or it is damaged: {reason}.</source>
        <translation>{name} 不是 gradviz 的会话，或已损坏：{reason}。</translation>
    </message>
    <message>
        <source>Choose another file, or save the session anew.</source>
        <translation>请选择其他文件，或重新保存会话。</translation>
    </message>
    <message>
        <source>The recording</source>
        <translation>该记录</translation>
    </message>
    <message>
        <source>Choose a recording file, which ends in .gviz.</source>
        <translation>请选择记录文件，其后缀为 .gviz。</translation>
    </message>
    <message>
        <source>{name} is no recording of gradviz, or it is damaged: {reason}.</source>
        <translation>{name} 不是 gradviz 的记录，或已损坏：{reason}。</translation>
    </message>
    <message>
        <source>Choose another file, or save the recording anew.</source>
        <translation>请选择其他文件，或重新保存记录。</translation>
    </message>
    <message>
        <source>{name} could not be opened: {reason}.</source>
        <translation>无法打开 {name}：{reason}。</translation>
    </message>
    <message>
        <source>its archive has too many members</source>
        <translation>其归档中的成员太多</translation>
    </message>
    <message>
        <source>{name} is compressed, as in no session</source>
        <translation>{name} 被压缩，而会话中的文件从不压缩</translation>
    </message>
    <message>
        <source>{name} is larger than any session</source>
        <translation>{name} 比任何会话都大</translation>
    </message>
    <message>
        <source>{name} is shorter than it should be</source>
        <translation>{name} 比应有的长度短</translation>
    </message>
    <message numerus="yes">
        <source>{count} runs cannot be compared.</source>
        <comment>{count} run cannot be compared.</comment>
        <extracomment>&quot;failed&quot; is a run whose own code raised an error.</extracomment>
        <translation>
            <numerusform>无法比较{count}次运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Take {fewest} to {most}, each with its own setting.</source>
        <translation>请选择{fewest}到{most}次运行，每次用不同的设置。</translation>
    </message>
    <message>
        <source>{name} has no parts.</source>
        <extracomment>Returns the scheduler of that name; raises SettingError where there is none.</extracomment>
        <translation>{name} 没有组成部分。</translation>
    </message>
    <message>
        <source>Choose SequentialLR or ChainedScheduler for them.</source>
        <translation>需要组成部分时，请选择 SequentialLR 或 ChainedScheduler。</translation>
    </message>
    <message numerus="yes">
        <source>{name} ends after its {count} steps, before the milestone {milestone}.</source>
        <comment>{name} ends after its {count} step, before the milestone {milestone}.</comment>
        <translation>
            <numerusform>{name} 在{count}步之后就结束了，早于里程碑{milestone}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Set its total_steps to {number} or more.</source>
        <translation>请将它的 total_steps 设为{number}或更大。</translation>
    </message>
    <message>
        <source>{name} is made of parts itself, and can be no part of {owner}.</source>
        <translation>{name} 本身就由多个部分组成，不能作为 {owner} 的组成部分。</translation>
    </message>
    <message>
        <source>List its parts themselves.</source>
        <translation>请直接列出它的各个部分。</translation>
    </message>
    <message>
        <source>{name} follows the loss, and can be no part of {owner}.</source>
        <translation>{name} 取决于损失，不能作为 {owner} 的组成部分。</translation>
    </message>
    <message>
        <source>Use it alone, or take another part.</source>
        <translation>请单独使用它，或选择别的组成部分。</translation>
    </message>
    <message>
        <source>{name} has no milestones: its parts work at every step.</source>
        <translation>{name} 没有里程碑：它的各部分在每一步都起作用。</translation>
    </message>
    <message>
        <source>Leave them out, or choose SequentialLR.</source>
        <translation>请去掉里程碑，或选择 SequentialLR。</translation>
    </message>
    <message numerus="yes">
        <source>{count} schedulers in turn need {milestones}, and here are {given}.</source>
        <comment>{count} scheduler in turn needs {milestones}, and here are {given}.</comment>
        <translation>
            <numerusform>{count}个依次执行的学习率调度器需要{milestones}，而这里有{given}个。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} milestones</source>
        <comment>{count} milestone</comment>
        <translation>
            <numerusform>{count}个里程碑</numerusform>
        </translation>
    </message>
    <message>
        <source>Give the step at which each of them but the first begins.</source>
        <translation>请给出除第一个以外每个调度器开始的步。</translation>
    </message>
    <message>
        <source>The milestones {milestones} do not increase from 1 on.</source>
        <translation>里程碑{milestones}不是从 1 起递增的。</translation>
    </message>
    <message>
        <source>Give each a larger number of steps than the one before.</source>
        <translation>请让每个里程碑的步数都大于前一个。</translation>
    </message>
    <message>
        <source>disc</source>
        <extracomment>The names of the drawn shapes, for `tr`; the module that draws them is copied into scripts.</extracomment>
        <translation>圆盘</translation>
    </message>
    <message>
        <source>ring</source>
        <translation>圆环</translation>
    </message>
    <message>
        <source>square</source>
        <translation>正方形</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>triangle</source>
        <translation>三角形</translation>
    </message>
    <message>
        <source>plus</source>
        <translation>加号</translation>
    </message>
    <message>
        <source>cross</source>
        <translation>叉号</translation>
    </message>
    <message>
        <source>bar across</source>
        <translation>横条</translation>
    </message>
    <message>
        <source>bar upright</source>
        <translation>竖条</translation>
    </message>
    <message>
        <source>two dots</source>
        <translation>两点</translation>
    </message>
    <message>
        <source>Rings</source>
        <extracomment>The symbols of the classes in pyqtgraph, and the same as characters. So many points of each class are drawn of either kind; all of them are learnt and counted. The titles of the targets, for `tr`; the module that draws them is copied into scripts.</extracomment>
        <translation>圆环</translation>
    </message>
    <message>
        <source>Spirals</source>
        <translation>螺旋</translation>
    </message>
    <message>
        <source>Moons</source>
        <translation>月牙</translation>
    </message>
    <message>
        <source>XOR</source>
        <translation>异或</translation>
    </message>
    <message>
        <source>Three arms</source>
        <translation>三条旋臂</translation>
    </message>
    <message>
        <source>tell where gradients vanish, explode or are dead</source>
        <translation>说明梯度在哪里消失、爆炸或死亡</translation>
    </message>
    <message>
        <source>a gradient whose norm is smaller vanishes</source>
        <translation>范数小于它的梯度算作消失</translation>
    </message>
    <message>
        <source>a gradient whose norm is larger explodes</source>
        <translation>范数大于它的梯度算作爆炸</translation>
    </message>
    <message>
        <source>a gradient with this share of zeros or more, from 0 to 1, is dead</source>
        <translation>零的比例达到它（0 到 1）的梯度算作死亡</translation>
    </message>
    <message>
        <source>{help} (default {usual:g})</source>
        <translation>{help}（默认{usual:g}）</translation>
    </message>
    <message>
        <source>measure how long each node takes, in a pass of its own</source>
        <translation>在单独的一次传播中测量每个节点用时</translation>
    </message>
    <message>
        <source>{option} cannot be {value:g}.</source>
        <translation>{option} 不能是 {value:g}。</translation>
    </message>
    <message>
        <source>Use a number above 0, at most 1.</source>
        <translation>请用大于 0 且不超过 1 的数。</translation>
    </message>
    <message>
        <source>Use a number above 0.</source>
        <translation>请用大于 0 的数。</translation>
    </message>
    <message>
        <source>forward µs</source>
        <translation>前向 µs</translation>
    </message>
    <message>
        <source>backward µs</source>
        <translation>反向 µs</translation>
    </message>
    <message>
        <source>gradient</source>
        <extracomment>1 is the gradient itself; from 2 on the gradient has a graph of its own. Directions besides the name of a leaf, `d`, or of an element of it, `weight[3]`.</extracomment>
        <translation>梯度</translation>
    </message>
    <message>
        <source>node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>operation</source>
        <translation>运算</translation>
    </message>
    <message>
        <source>to weight</source>
        <translation>与权重之比</translation>
    </message>
    <message>
        <source>made by {line}</source>
        <translation>产生自 {line}</translation>
    </message>
    <message numerus="yes">
        <source>{without} of {count} parameters without gradient</source>
        <comment>{without} of {count} parameter without gradient</comment>
        <translation>
            <numerusform>{count}个参数中有{without}个没有梯度</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{marked} of {count} nodes marked</source>
        <comment>{marked} of {count} node marked</comment>
        <translation>
            <numerusform>{count}个节点中标记了{marked}个</numerusform>
        </translation>
    </message>
    <message>
        <source>no node marked</source>
        <translation>没有标记任何节点</translation>
    </message>
    <message>
        <source>first not finite, forwards: {node}</source>
        <translation>前向中最先出现非有限值：{node}</translation>
    </message>
    <message>
        <source>first not finite, backwards: {node}</source>
        <translation>反向中最先出现非有限值：{node}</translation>
    </message>
    <message>
        <source>Hessian-vector product</source>
        <translation>Hessian 向量积</translation>
    </message>
    <message>
        <source>third derivative</source>
        <translation>三阶导数</translation>
    </message>
    <message>
        <source>along all ones</source>
        <translation>沿全 1 方向</translation>
    </message>
    <message>
        <source>along the gradient itself</source>
        <translation>沿梯度自身方向</translation>
    </message>
    <message>
        <source>along a random direction</source>
        <translation>沿随机方向</translation>
    </message>
    <message>
        <source>along {name} alone</source>
        <translation>仅沿 {name} 方向</translation>
    </message>
    <message>
        <source>(H·v) of {name}</source>
        <translation>{name} 的 (H·v)</translation>
    </message>
    <message>
        <source>third derivative of {name}</source>
        <translation>{name} 的三阶导数</translation>
    </message>
    <message>
        <source>at {values}</source>
        <translation>在 {values} 处</translation>
    </message>
    <message>
        <source>“{target}” is no target for a network of two inputs.</source>
        <extracomment>How many further points are held out for each one that is learnt.</extracomment>
        <translation>“{target}”不能作为两个输入的网络的目标。</translation>
    </message>
    <message>
        <source>Choose one of {names}.</source>
        <translation>请从 {names} 中选择一个。</translation>
    </message>
    <message>
        <source>{target} + noise</source>
        <extracomment>The letters of an expression that are inputs at a point. In a fit x alone is one. The megabytes that the tensors of a recording may take beside the model, unless set otherwise. The fields of the data that a model is fitted to: they may change while the model stays.</extracomment>
        <translation>{target} + 噪声</translation>
    </message>
    <message>
        <source>The learning rate {rate} does not work.</source>
        <translation>学习率{rate}不可用。</translation>
    </message>
    <message>
        <source>Use a number above 0, such as 1e-6.</source>
        <translation>请使用大于 0 的数，例如 1e-6。</translation>
    </message>
    <message>
        <source>{count} steps do not work.</source>
        <translation>{count}步不可用。</translation>
    </message>
    <message>
        <source>Use a number from 1 to 10,000,000.</source>
        <translation>请使用 1 到 10,000,000 之间的数。</translation>
    </message>
    <message>
        <source>There is no display to open a window on.</source>
        <translation>没有可以打开窗口的显示器。</translation>
    </message>
    <message>
        <source>The display {display} cannot be opened.</source>
        <translation>无法打开显示器 {display}。</translation>
    </message>
    <message>
        <source>it is too large, or nested too deep, for the memory</source>
        <extracomment>Words for errors that have none of their own, or only a name.</extracomment>
        <translation>它太大或嵌套太深，内存不够</translation>
    </message>
    <message>
        <source>it is nested too deep</source>
        <translation>它嵌套太深</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>它提前结束</translation>
    </message>
    <message>
        <source>there is no {key}</source>
        <translation>没有 {key}</translation>
    </message>
    <message>
        <source>an error of the type {type}</source>
        <translation>{type} 类型的错误</translation>
    </message>
    <message>
        <source>{verdict} in {layer} from {node} on</source>
        <translation>{layer} 中从 {node} 起梯度{verdict}</translation>
    </message>
    <message>
        <source>{verdict} from {node} on</source>
        <translation>从 {node} 起梯度{verdict}</translation>
    </message>
    <message>
        <source>{beginning}: {node} sends on zeros</source>
        <translation>{beginning}：{node} 传出的全是零</translation>
    </message>
    <message>
        <source>{told}, as {reason}</source>
        <translation>{told}，因为{reason}</translation>
    </message>
    <message numerus="yes">
        <source>Identical bit for bit: {shown} tensors compared.</source>
        <comment>Identical bit for bit: {shown} tensor compared.</comment>
        <extracomment>More changes than this are counted and not listed.</extracomment>
        <translation>
            <numerusform>逐位相同：比较了{shown}个张量。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} nodes came</source>
        <comment>{shown} node came</comment>
        <translation>
            <numerusform>新增{shown}个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} nodes went</source>
        <comment>{shown} node went</comment>
        <translation>
            <numerusform>减少{shown}个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} values and gradients changed</source>
        <comment>{shown} value or gradient changed</comment>
        <translation>
            <numerusform>{shown}个值和梯度有变化</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} saved or sent-on tensors changed</source>
        <comment>{shown} saved or sent-on tensor changed</comment>
        <translation>
            <numerusform>{shown}个保存的或传出的张量有变化</numerusform>
        </translation>
    </message>
    <message>
        <source>No change was found.</source>
        <translation>没有发现变化。</translation>
    </message>
    <message>
        <source>{one}; {other}</source>
        <translation>{one}；{other}</translation>
    </message>
    <message>
        <source>{clause}.</source>
        <translation>{clause}。</translation>
    </message>
    <message numerus="yes">
        <source>Of {shown} tensors only equal statistics are known.</source>
        <comment>Of {shown} tensor only equal statistics are known.</comment>
        <translation>
            <numerusform>有{shown}个张量只知道其统计量相等。</numerusform>
        </translation>
    </message>
    <message>
        <source>setting {name}</source>
        <translation>设置 {name}</translation>
    </message>
    <message>
        <source>✓ agrees</source>
        <extracomment>hand: autograd&apos;s gradient where the backward is written by hand. non-finite: an element of the gradient is nan or infinite, so that it is right nowhere. unchecked: no comparison is possible, or it would tell nothing, for the reason in `told`. gradient: a leaf&apos;s sum. grad_output: an upstream gradient of a node. grad_input: one it sent on. Each has a sign and then words, so that no verdict depends on its colour; `tr` says them.</extracomment>
        <translation>✓ 一致</translation>
    </message>
    <message>
        <source>✗ differs</source>
        <translation>✗ 不一致</translation>
    </message>
    <message>
        <source>✗ not finite</source>
        <translation>✗ 非有限</translation>
    </message>
    <message>
        <source>– not checked</source>
        <translation>– 未检验</translation>
    </message>
    <message>
        <source>finite differences</source>
        <extracomment>The verdicts on a gradient that must not be used. The methods as they are told, by `tr`.</extracomment>
        <translation>有限差分</translation>
    </message>
    <message>
        <source>sympy&apos;s derivative</source>
        <translation>sympy 的导数</translation>
    </message>
    <message numerus="yes">
        <source>{count} differ</source>
        <comment>{count} differs</comment>
        <translation>
            <numerusform>{count}项不一致</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} not finite</source>
        <translation>{count}项非有限</translation>
    </message>
    <message>
        <source>{count} not checked</source>
        <translation>{count}项未检验</translation>
    </message>
    <message>
        <source>{count} of {all} agree</source>
        <translation>{all}项中{count}项一致</translation>
    </message>
    <message>
        <source>what arrives, output {number}</source>
        <translation>到达的梯度（输出{number}）</translation>
    </message>
    <message>
        <source>what arrives</source>
        <translation>到达的梯度</translation>
    </message>
    <message>
        <source>what goes to {node}</source>
        <translation>传给 {node} 的梯度</translation>
    </message>
    <message>
        <source>The pass begins with {name}.</source>
        <extracomment>So many contributions to a sum are told one by one.</extracomment>
        <translation>前向传播从 {name} 开始。</translation>
    </message>
    <message>
        <source>Its value is {value}.</source>
        <translation>它的值是{value}。</translation>
    </message>
    <message>
        <source>{node} gave a value that is not kept.</source>
        <translation>{node} 得出的值没有保存。</translation>
    </message>
    <message>
        <source>{node} gave {value}.</source>
        <translation>{node} 得出{value}。</translation>
    </message>
    <message>
        <source>{node} took {sources} and gave a value that is not kept.</source>
        <translation>{node} 以 {sources} 为输入，得出的值没有保存。</translation>
    </message>
    <message>
        <source>{node} took {sources} and gave {value}.</source>
        <translation>{node} 以 {sources} 为输入，得出{value}。</translation>
    </message>
    <message>
        <source>No gradient reached {node}.</source>
        <translation>没有梯度到达 {node}。</translation>
    </message>
    <message>
        <source>They are added up where they arrive: together {sum}.</source>
        <translation>它们在到达处相加：总和为{sum}。</translation>
    </message>
    <message>
        <source>This is turn {number} of {count} of {name}: {gradient} arrives.</source>
        <translation>这是 {name} 的第{number}次执行（共{count}次），到达的梯度：{gradient}。</translation>
    </message>
    <message>
        <source>Together they are {sum}.</source>
        <translation>它们的总和是{sum}。</translation>
    </message>
    <message>
        <source>{clause}, because {count} contributions have arrived, one for each use.</source>
        <translation>{clause}，因为已有{count}份贡献到达，每次使用各一份。</translation>
    </message>
    <message>
        <source>{gradient} from {node}</source>
        <translation>来自 {node} 的{gradient}</translation>
    </message>
    <message numerus="yes">
        <source>{clause}, because {gradients} have arrived.</source>
        <comment>{clause}, because {gradients} has arrived.</comment>
        <translation>
            <numerusform>{clause}，因为已到达：{gradients}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Backward begins with 1, the derivative of {output} with respect to itself.</source>
        <translation>反向传播从 1 开始，即{output}对自身的导数。</translation>
    </message>
    <message>
        <source>the result of {node}</source>
        <translation>“{node}”的结果</translation>
    </message>
    <message>
        <source>{node} got the gradients of its {count} results.</source>
        <translation>{node} 得到了它{count}个结果的梯度。</translation>
    </message>
    <message>
        <source>It sent nothing to {node}: PyTorch has None there, which counts as 0.</source>
        <translation>它没有向 {node} 传出任何梯度：PyTorch 在此处为 None，相当于 0。</translation>
    </message>
    <message>
        <source>The gradient that it sends to {node} is to be predicted: ?</source>
        <translation>它传给 {node} 的梯度有待预测：？</translation>
    </message>
    <message>
        <source>To {node} it sent {gradient}, which is not finite.</source>
        <translation>它向 {node} 传出了{gradient}，其中有非有限的数。</translation>
    </message>
    <message>
        <source>To {node} it sent {gradient}: nothing passes along this way.</source>
        <translation>它向 {node} 传出了{gradient}：沿这条路没有梯度通过。</translation>
    </message>
    <message>
        <source>To {node} it sent {gradient}: nothing passes along this way, because {reason}.</source>
        <translation>它向 {node} 传出了{gradient}：沿这条路没有梯度通过，因为{reason}。</translation>
    </message>
    <message>
        <source>To {node} it sent {gradient}.</source>
        <translation>它向 {node} 传出了{gradient}。</translation>
    </message>
    <message>
        <source>To {node} it sent {gradient}, just what it got.</source>
        <translation>它向 {node} 传出了{gradient}，与它得到的相同。</translation>
    </message>
    <message>
        <source>To {node} it sent {gradient}, which is {upstream} times {factor}.</source>
        <translation>它向 {node} 传出了{gradient}，即{upstream}乘以{factor}。</translation>
    </message>
    <message>
        <source>How much {output} answers to a small change of {what} is to be predicted</source>
        <translation>{what}的微小变化会使{output}变化多少，有待预测</translation>
    </message>
    <message>
        <source>The gradient of {output} with respect to {what} is not finite</source>
        <translation>{output}对{what}的梯度不是有限的</translation>
    </message>
    <message>
        <source>As the hooks in this graph leave it, the gradient of {output} with respect to {what} is {value}</source>
        <translation>经过图中钩子处理后，{output}对{what}的梯度是{value}</translation>
    </message>
    <message>
        <source>To first order, a small change of {what} leaves {output} as it is: all {count} elements of its gradient are 0</source>
        <translation>在一阶近似下，{what}的微小变化不会改变{output}：其梯度的{count}个元素全为 0</translation>
    </message>
    <message>
        <source>For each of the {count} elements of {what} there is a gradient of {output}, of the shape {shape}</source>
        <translation>{output}对{what}的{count}个元素各有一个梯度，形状为 {shape}</translation>
    </message>
    <message>
        <source>For each of the {count} elements of {what} there is a gradient of {output}, from {low} to {high}</source>
        <translation>{output}对{what}的{count}个元素各有一个梯度，范围从{low}到{high}</translation>
    </message>
    <message>
        <source>To first order, a small change of {what} leaves {output} as it is</source>
        <translation>在一阶近似下，{what}的微小变化不会改变{output}</translation>
    </message>
    <message>
        <source>For a small change of {what}, {output} changes just as much</source>
        <translation>当{what}有微小变化时，{output}的变化与之相同</translation>
    </message>
    <message>
        <source>For a small change of {what}, {output} changes just as much, in the opposite direction</source>
        <translation>当{what}有微小变化时，{output}的变化大小与之相同，方向相反</translation>
    </message>
    <message>
        <source>For a small change of {what}, {output} changes {factor} times as much</source>
        <translation>当{what}有微小变化时，{output}的变化是它的{factor}倍</translation>
    </message>
    <message>
        <source>For a small change of {what}, {output} changes {factor} times as much, in the opposite direction</source>
        <translation>当{what}有微小变化时，{output}的变化是它的{factor}倍，方向相反</translation>
    </message>
    <message>
        <source>take the gradient at this x, or at these inputs of an expression, x=2,y=3,z=1, of which those that are left out are x=2, y=1, z=1; without it, what has parameters is fitted to the target, and the gradient of anything else is taken at 2</source>
        <translation>在这个 x 处求梯度，或在表达式的这些输入处，x=2,y=3,z=1，其中未给出的为 x=2, y=1, z=1；不给出时，有参数的模型拟合目标，其他的在 2 处求梯度</translation>
    </message>
    <message>
        <source>Write a number for x, as in --at 2, or each input&apos;s, as in --at x=2,y=3,z=1.</source>
        <translation>请写 x 的数值，如 --at 2，或各个输入的数值，如 --at x=2,y=3,z=1。</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{text} stands there without a letter</source>
        <translation>{text} 前面没有字母</translation>
    </message>
    <message>
        <source>{name} is no input, and x, y and z are</source>
        <translation>{name} 不是输入，输入是 x、y 和 z</translation>
    </message>
    <message>
        <source>{name} is given twice</source>
        <translation>{name} 给出了两次</translation>
    </message>
    <message>
        <source>{text} is no number</source>
        <translation>{text} 不是数</translation>
    </message>
    <message>
        <source>{text} is no finite number</source>
        <translation>{text} 不是有限的数</translation>
    </message>
    <message>
        <source>--at {text} is no point: {reason}.</source>
        <translation>--at {text} 不是一个点：{reason}。</translation>
    </message>
    <message>
        <source>{model} has no input {name}.</source>
        <translation>{model} 没有输入 {name}。</translation>
    </message>
    <message>
        <source>Its inputs are {names}.</source>
        <translation>它的输入是 {names}。</translation>
    </message>
    <message>
        <source>a tensor of shape {shape}</source>
        <translation>形状为 {shape} 的张量</translation>
    </message>
    <message>
        <source>a tensor of shape {shape} with norm {norm}</source>
        <translation>形状为 {shape}、范数为{norm}的张量</translation>
    </message>
    <message>
        <source>zeros of shape {shape}</source>
        <translation>形状为 {shape} 的零</translation>
    </message>
    <message>
        <source>the gradient along the direction</source>
        <translation>沿该方向的梯度</translation>
    </message>
    <message>
        <source>the loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>the sum of {name}</source>
        <translation>{name}的和</translation>
    </message>
    <message>
        <source>{members} and {last}</source>
        <translation>{members}、{last}</translation>
    </message>
    <message>
        <source>0 where the quotient is rounded, else grad / other</source>
        <extracomment>By the operator&apos;s name as the graph shows it, or PyTorch&apos;s name where overloads differ.</extracomment>
        <translation>0（当商被取整），否则 grad / other</translation>
    </message>
    <message>
        <source>grad where result &gt; 0, else 0</source>
        <translation>grad（当 result &gt; 0），否则 0</translation>
    </message>
    <message>
        <source>grad where self &gt; 0, else negative_slope · grad</source>
        <translation>grad（当 self &gt; 0），否则 negative_slope · grad</translation>
    </message>
    <message>
        <source>scale · grad where self &gt; 0, else grad ⊙ (result + scale · alpha)</source>
        <translation>scale · grad（当 self &gt; 0），否则 grad ⊙ (result + scale · alpha)</translation>
    </message>
    <message>
        <source>grad ⊙ (Φ(self) + self ⊙ φ(self)), without approximation</source>
        <translation>grad ⊙ (Φ(self) + self ⊙ φ(self))，不用近似时</translation>
    </message>
    <message>
        <source>grad where min &lt; self &lt; max, else 0</source>
        <extracomment>From PyTorch 2.14 on a number that meets a bound gets no gradient, and a tensor shares it.</extracomment>
        <translation>grad（当 min &lt; self &lt; max），否则 0</translation>
    </message>
    <message>
        <source>grad where min ≤ self ≤ max, else 0</source>
        <translation>grad（当 min ≤ self ≤ max），否则 0</translation>
    </message>
    <message>
        <source>grad where self &lt; min &lt; max, else 0</source>
        <translation>grad（当 self &lt; min &lt; max），否则 0</translation>
    </message>
    <message>
        <source>grad where self &gt; max or max &lt; min, else 0</source>
        <translation>grad（当 self &gt; max 或 max &lt; min），否则 0</translation>
    </message>
    <message>
        <source>grad where self ≥ min, else 0</source>
        <translation>grad（当 self ≥ min），否则 0</translation>
    </message>
    <message>
        <source>grad where self ≤ max, else 0</source>
        <translation>grad（当 self ≤ max），否则 0</translation>
    </message>
    <message>
        <source>grad where condition, else 0</source>
        <translation>grad（当 condition 为真），否则 0</translation>
    </message>
    <message>
        <source>0 where condition, else grad</source>
        <translation>0（当 condition 为真），否则 grad</translation>
    </message>
    <message>
        <source>0 where mask, else grad</source>
        <translation>0（当 mask 为真），否则 grad</translation>
    </message>
    <message>
        <source>grad where self &gt; other, grad / 2 where they are equal, else 0</source>
        <translation>grad（当 self &gt; other），grad / 2（当两者相等），否则 0</translation>
    </message>
    <message>
        <source>grad where other &gt; self, grad / 2 where they are equal, else 0</source>
        <translation>grad（当 other &gt; self），grad / 2（当两者相等），否则 0</translation>
    </message>
    <message>
        <source>grad where self &lt; other, grad / 2 where they are equal, else 0</source>
        <translation>grad（当 self &lt; other），grad / 2（当两者相等），否则 0</translation>
    </message>
    <message>
        <source>grad where other &lt; self, grad / 2 where they are equal, else 0</source>
        <translation>grad（当 other &lt; self），grad / 2（当两者相等），否则 0</translation>
    </message>
    <message>
        <source>grad for every element of self</source>
        <translation>grad，对 self 的每个元素</translation>
    </message>
    <message>
        <source>grad where self is not NaN, else 0</source>
        <translation>grad（当 self 不是 NaN），否则 0</translation>
    </message>
    <message>
        <source>grad / n for every element of self, of n</source>
        <translation>grad / n，对 self 的每个元素，共 n 个</translation>
    </message>
    <message>
        <source>grad ⊙ result / self, where no element is 0</source>
        <translation>grad ⊙ result / self，没有元素为 0 时</translation>
    </message>
    <message>
        <source>the sum of grad from each place on</source>
        <translation>从每个位置起 grad 的和</translation>
    </message>
    <message>
        <source>grad where self is the largest, else 0</source>
        <translation>grad（当 self 最大），否则 0</translation>
    </message>
    <message>
        <source>grad where self is the smallest, else 0</source>
        <translation>grad（当 self 最小），否则 0</translation>
    </message>
    <message>
        <source>grad where self is the largest, shared among equals</source>
        <translation>grad（当 self 最大），相等者均分</translation>
    </message>
    <message>
        <source>grad where self is the smallest, shared among equals</source>
        <translation>grad（当 self 最小），相等者均分</translation>
    </message>
    <message>
        <source>grad at the places that were chosen, else 0</source>
        <translation>被选中的位置为 grad，否则 0</translation>
    </message>
    <message>
        <source>grad, put back in the order of self</source>
        <translation>grad，恢复为 self 的顺序</translation>
    </message>
    <message>
        <source>grad ⊙ self / result (for the norm of order 2)</source>
        <translation>grad ⊙ self / result（2 阶范数）</translation>
    </message>
    <message>
        <source>grad convolved with the turned weight</source>
        <translation>grad 与翻转后的 weight 的卷积</translation>
    </message>
    <message>
        <source>input correlated with grad</source>
        <translation>input 与 grad 的互相关</translation>
    </message>
    <message>
        <source>Σ grad over batch and places</source>
        <translation>Σ grad，对批和位置求和</translation>
    </message>
    <message>
        <source>weight · invstd · (grad − mean(grad) − x̂ ⊙ mean(grad ⊙ x̂)), in training</source>
        <translation>weight · invstd · (grad − mean(grad) − x̂ ⊙ mean(grad ⊙ x̂))，训练时</translation>
    </message>
    <message>
        <source>Σ grad ⊙ x̂ over batch and places</source>
        <translation>Σ grad ⊙ x̂，对批和位置求和</translation>
    </message>
    <message>
        <source>Σ grad ⊙ x̂ over the rows</source>
        <translation>Σ grad ⊙ x̂，对各行求和</translation>
    </message>
    <message>
        <source>Σ grad over the rows</source>
        <translation>Σ grad，对各行求和</translation>
    </message>
    <message>
        <source>rstd · (g − mean(g) − x̂ ⊙ mean(g ⊙ x̂)) in each group, g = grad ⊙ weight</source>
        <translation>各组内 rstd · (g − mean(g) − x̂ ⊙ mean(g ⊙ x̂))，g = grad ⊙ weight</translation>
    </message>
    <message>
        <source>grad added to the rows that were looked up</source>
        <translation>grad 加到被查找的各行上</translation>
    </message>
    <message>
        <source>grad at the largest element of each window, else 0</source>
        <translation>每个窗口的最大元素处为 grad，否则 0</translation>
    </message>
    <message>
        <source>grad / window size, for every element of the window</source>
        <translation>grad / 窗口大小，对窗口的每个元素</translation>
    </message>
    <message>
        <source>Σ over the steps: dgates @ weight_ih</source>
        <translation>对各时间步求 Σ：dgates @ weight_ih</translation>
    </message>
    <message>
        <source>Σ over the steps: dgatesᵀ @ input</source>
        <translation>对各时间步求 Σ：dgatesᵀ @ input</translation>
    </message>
    <message>
        <source>Σ over the steps: dgatesᵀ @ h of the step before</source>
        <translation>对各时间步求 Σ：dgatesᵀ @ 前一步的 h</translation>
    </message>
    <message>
        <source>Σ over the steps: dgates</source>
        <translation>对各时间步求 Σ：dgates</translation>
    </message>
    <message>
        <source>dgates @ weight_hh of the first step</source>
        <translation>第一步的 dgates @ weight_hh</translation>
    </message>
    <message>
        <source>the gradient of the first cell state, through its forget gate</source>
        <translation>第一个细胞状态的梯度，经过它的遗忘门</translation>
    </message>
    <message>
        <source>grad · 2 (self − target), / n for the mean</source>
        <translation>grad · 2 (self − target)，求均值时再 / n</translation>
    </message>
    <message>
        <source>the negative of it</source>
        <translation>它的相反数</translation>
    </message>
    <message>
        <source>grad · clamp((self − target) / beta, −1, 1), / n for the mean</source>
        <translation>grad · clamp((self − target) / beta, −1, 1)，求均值时再 / n</translation>
    </message>
    <message>
        <source>grad · clamp(self − target, −delta, delta), / n for the mean</source>
        <translation>grad · clamp(self − target, −delta, delta)，求均值时再 / n</translation>
    </message>
    <message>
        <source>−grad · weight at the target&apos;s class, / Σ weight for the mean, else 0</source>
        <translation>目标类别处为 −grad · weight，求均值时再 / Σ weight，否则 0</translation>
    </message>
    <message>
        <source>grad · (self − target) / (self ⊙ (1 − self)), / n for the mean</source>
        <translation>grad · (self − target) / (self ⊙ (1 − self))，求均值时再 / n</translation>
    </message>
    <message>
        <source>grad · (log(1 − self) − log(self)), / n for the mean</source>
        <translation>grad · (log(1 − self) − log(self))，求均值时再 / n</translation>
    </message>
    <message>
        <source>grad · (σ(self) − target), / n for the mean</source>
        <translation>grad · (σ(self) − target)，求均值时再 / n</translation>
    </message>
    <message>
        <source>−grad · self, / n for the mean</source>
        <translation>−grad · self，求均值时再 / n</translation>
    </message>
    <message>
        <source>−grad · target ⊙ σ(−target ⊙ self), / n for the mean</source>
        <translation>−grad · target ⊙ σ(−target ⊙ self)，求均值时再 / n</translation>
    </message>
    <message>
        <source>grad, in the shape of self</source>
        <translation>grad，变为 self 的形状</translation>
    </message>
    <message>
        <source>grad, summed over what was repeated</source>
        <translation>grad，对重复的部分求和</translation>
    </message>
    <message>
        <source>grad, with its dimensions back in order</source>
        <translation>grad，维度恢复原来的顺序</translation>
    </message>
    <message>
        <source>grad, with the two dimensions exchanged again</source>
        <translation>grad，再次交换这两个维度</translation>
    </message>
    <message>
        <source>grad, transposed</source>
        <translation>grad，转置</translation>
    </message>
    <message>
        <source>grad, without the dimension of size 1</source>
        <translation>grad，去掉大小为 1 的维度</translation>
    </message>
    <message>
        <source>grad, with the dimension of size 1 again</source>
        <translation>grad，恢复大小为 1 的维度</translation>
    </message>
    <message>
        <source>grad, at the chosen place, zeros elsewhere</source>
        <translation>grad 在所选位置，其余为零</translation>
    </message>
    <message>
        <source>grad, at the slice, zeros elsewhere</source>
        <translation>grad 在切片处，其余为零</translation>
    </message>
    <message>
        <source>grad, added at the chosen places, zeros elsewhere</source>
        <translation>grad 加到所选位置，其余为零</translation>
    </message>
    <message>
        <source>grad, added at the places it was taken from, zeros elsewhere</source>
        <translation>grad 加到取值的位置，其余为零</translation>
    </message>
    <message>
        <source>grad, on the diagonal, zeros elsewhere</source>
        <translation>grad 在对角线上，其余为零</translation>
    </message>
    <message>
        <source>grad, turned back</source>
        <translation>grad，翻转回来</translation>
    </message>
    <message>
        <source>grad, rolled back</source>
        <translation>grad，滚动回来</translation>
    </message>
    <message>
        <source>grad, each part at its place</source>
        <translation>grad，各部分在各自的位置</translation>
    </message>
    <message>
        <source>grad, without the padding</source>
        <translation>grad，去掉填充</translation>
    </message>
    <message>
        <source>grad, below the diagonal, zeros above it</source>
        <translation>grad 在对角线以下，以上为零</translation>
    </message>
    <message>
        <source>grad, above the diagonal, zeros below it</source>
        <translation>grad 在对角线以上，以下为零</translation>
    </message>
    <message>
        <source>grad, just as it is</source>
        <translation>grad，保持不变</translation>
    </message>
    <message>
        <source>grad, in the dtype and on the device of self</source>
        <translation>grad，用 self 的数据类型和设备</translation>
    </message>
    <message>
        <source>grad&apos;s part at the place of each</source>
        <translation>grad 中各自位置上的部分</translation>
    </message>
    <message>
        <source>grad where min &lt; self &lt; max, grad / 2 at a bound, else 0</source>
        <translation>grad（当 min &lt; self &lt; max），grad / 2（在边界上），否则 0</translation>
    </message>
    <message>
        <source>grad where self &lt; min &lt; max, grad / 2 where self = min, else 0</source>
        <translation>grad（当 self &lt; min &lt; max），grad / 2（当 self = min），否则 0</translation>
    </message>
    <message>
        <source>grad where self &gt; max or max &lt; min, grad / 2 where self = max, else 0</source>
        <translation>grad（当 self &gt; max 或 max &lt; min），grad / 2（当 self = max），否则 0</translation>
    </message>
    <message>
        <source>grad where self &gt; min, grad / 2 where self = min, else 0</source>
        <translation>grad（当 self &gt; min），grad / 2（当 self = min），否则 0</translation>
    </message>
    <message>
        <source>grad where self &lt; min, grad / 2 where self = min, else 0</source>
        <translation>grad（当 self &lt; min），grad / 2（当 self = min），否则 0</translation>
    </message>
    <message>
        <source>grad where self &lt; max, grad / 2 where self = max, else 0</source>
        <translation>grad（当 self &lt; max），grad / 2（当 self = max），否则 0</translation>
    </message>
    <message>
        <source>grad where self &gt; max, grad / 2 where self = max, else 0</source>
        <translation>grad（当 self &gt; max），grad / 2（当 self = max），否则 0</translation>
    </message>
    <message>
        <source>grad where self &gt; min, else 0</source>
        <translation>grad（当 self &gt; min），否则 0</translation>
    </message>
    <message>
        <source>grad where self &lt; max, else 0</source>
        <translation>grad（当 self &lt; max），否则 0</translation>
    </message>
    <message>
        <source>non-finite</source>
        <extracomment>So many nodes are examined in a few milliseconds. The quantities by which a graph can be coloured. &quot;rounding&quot;: the gradient is a remainder of rounding. &quot;none&quot;: no gradient came here. The verdicts that mark a place, the worst first.
----------
Matplotlib&apos;s viridis, whose lightness rises evenly: it can be read without telling red from green, and in print. So many colours at most: nodes of one colour are painted together in a large graph. How each verdict is signed on a node, in lists and in the legend.</extracomment>
        <translation>非有限</translation>
    </message>
    <message>
        <source>exploding</source>
        <translation>爆炸</translation>
    </message>
    <message>
        <source>vanishing</source>
        <translation>消失</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>死亡</translation>
    </message>
    <message>
        <source>rounding</source>
        <translation>舍入残余</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>健康</translation>
    </message>
    <message>
        <source>last step of {optimizer}, learning rate {rate}:</source>
        <translation>{optimizer} 的最后一步，学习率{rate}：</translation>
    </message>
    <message>
        <source>{name}: {before} -&gt; {after}; gradient {gradient}; update {update}</source>
        <translation>{name}: {before} -&gt; {after}；梯度 {gradient}；更新量 {update}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>an infinite number is put in here, and reaches the output</source>
        <extracomment>Operations that move elements about and compute nothing. Operations that put given numbers in place of others. Operations by which a mask of −inf is added.</extracomment>
        <translation>这里放入了一个无穷大的数，并到达了输出</translation>
    </message>
    <message>
        <source>the gradients that meet here have a sum that is too large</source>
        <translation>在此汇合的梯度之和太大</translation>
    </message>
    <message>
        <source>the gradient that it sends on</source>
        <translation>它传出的梯度</translation>
    </message>
    <message>
        <source>{reason}, and the 0 that arrives times infinity is not a number: it stands in the branch of where that is not taken</source>
        <translation>{reason}，而到达的 0 乘以无穷大得到 NaN：它位于 where 未被选取的分支中</translation>
    </message>
    <message>
        <source>Put where around the input too: f(torch.where(mask, x, 1)) in place of f(x).</source>
        <translation>请把输入也放进 where：用 f(torch.where(mask, x, 1)) 代替 f(x)。</translation>
    </message>
    <message>
        <source>{reason}, and the 0 that arrives times infinity is not a number</source>
        <translation>{reason}，而到达的 0 乘以无穷大得到 NaN</translation>
    </message>
    <message>
        <source>the derivative of {name} at {number} is infinite</source>
        <translation>{name} 在{number}处的导数为无穷大</translation>
    </message>
    <message>
        <source>{name} of a number beyond ±1 has no derivative</source>
        <translation>{name} 在超出±1 的数处没有导数</translation>
    </message>
    <message>
        <source>hypot of 0 and 0 has no derivative: 0 / 0</source>
        <translation>hypot 在两个参数都为 0 时没有导数：0 / 0</translation>
    </message>
    <message>
        <source>it divides by 0</source>
        <translation>除数为 0</translation>
    </message>
    <message>
        <source>a negative number to the power of {exponent} is not a number</source>
        <translation>负数的{exponent}次幂是 NaN</translation>
    </message>
    <message>
        <source>the derivative of a power of {exponent} at 0 is infinite</source>
        <translation>{exponent}次幂在 0 处的导数为无穷大</translation>
    </message>
    <message>
        <source>two of the singular values are equal, and its derivative divides by their difference</source>
        <translation>有两个奇异值相等，而其导数要除以它们的差</translation>
    </message>
    <message>
        <source>two of the eigenvalues are equal, and its derivative divides by their difference</source>
        <translation>有两个特征值相等，而其导数要除以它们的差</translation>
    </message>
    <message>
        <source>Make them differ, or use the values alone: their derivative is finite.</source>
        <translation>让它们互不相等，或只使用这些值本身：它们的导数是有限的。</translation>
    </message>
    <message>
        <source>Keep its input above 0, with clamp or softplus.</source>
        <translation>用 clamp 或 softplus 使它的输入保持大于 0。</translation>
    </message>
    <message>
        <source>Add a small number to the divisor, or keep that away from 0 with clamp.</source>
        <translation>给除数加上一个小的数，或用 clamp 使它远离 0。</translation>
    </message>
    <message>
        <source>{name} of a number beyond ±1 is not a number</source>
        <translation>超出±1 的数的 {name} 是 NaN</translation>
    </message>
    <message>
        <source>{name} of a number below 1 is not a number</source>
        <translation>小于 1 的数的 {name} 是 NaN</translation>
    </message>
    <message>
        <source>{name} of a number outside of 0 to 1 is not a number</source>
        <translation>0 到 1 之外的数的 {name} 是 NaN</translation>
    </message>
    <message>
        <source>it was so before the pass began</source>
        <translation>在传播开始之前就已如此</translation>
    </message>
    <message>
        <source>a tensor that needs no gradient, such as the data, came in with a number that is not finite</source>
        <translation>一个不需要梯度的张量（例如数据）带来了非有限的数</translation>
    </message>
    <message>
        <source>Look for it with torch.isfinite before the model runs.</source>
        <translation>请在模型运行之前用 torch.isfinite 查找它。</translation>
    </message>
    <message>
        <source>0 times inf, or inf minus inf, is not a number</source>
        <translation>0 乘以 inf，或 inf 减 inf，得到 NaN</translation>
    </message>
    <message>
        <source>its result</source>
        <translation>它的结果</translation>
    </message>
    <message>
        <source>{name} of a number below {bound} is not a number</source>
        <translation>小于{bound}的数的 {name} 是 NaN</translation>
    </message>
    <message>
        <source>{name} of {number} is −inf</source>
        <translation>{number}的 {name} 是 −inf</translation>
    </message>
    <message>
        <source>the square root of a negative number is not a number</source>
        <translation>负数的平方根是 NaN</translation>
    </message>
    <message>
        <source>1 / sqrt(0) is infinite</source>
        <translation>1 / sqrt(0) 为无穷大</translation>
    </message>
    <message>
        <source>0 / 0 is not a number</source>
        <translation>0 / 0 是 NaN</translation>
    </message>
    <message>
        <source>1 / 0 is infinite</source>
        <translation>1 / 0 为无穷大</translation>
    </message>
    <message>
        <source>Keep the base above 0 with clamp.</source>
        <translation>用 clamp 使底数保持大于 0。</translation>
    </message>
    <message>
        <source>0 to a negative power is infinite</source>
        <translation>0 的负数次幂为无穷大</translation>
    </message>
    <message>
        <source>in a row every element is −inf, so that there is nothing to attend to: 0 / 0</source>
        <translation>有一行的元素全是 −inf，没有任何可关注的内容：0 / 0</translation>
    </message>
    <message>
        <source>Leave at least one element of each row unmasked, or mask with a large negative number such as −1e4.</source>
        <translation>每行至少保留一个不被掩蔽的元素，或用很大的负数（如 −1e4）作掩码。</translation>
    </message>
    <message>
        <source>an element of its input is inf, and inf / inf is not a number</source>
        <translation>它的输入中有一个元素是 inf，而 inf / inf 是 NaN</translation>
    </message>
    <message>
        <source>{name} is infinite at the ends of its range</source>
        <translation>{name} 在其取值范围的端点处为无穷大</translation>
    </message>
    <message>
        <source>every target is ignored (ignore_index, or a weight of 0), and the mean over nothing is 0 / 0</source>
        <translation>所有目标都被忽略（ignore_index，或权重为 0），而空集的均值是 0 / 0</translation>
    </message>
    <message>
        <source>Leave out a batch without targets, or use reduction=&apos;sum&apos;.</source>
        <translation>跳过没有目标的批，或使用 reduction=&apos;sum&apos;。</translation>
    </message>
    <message>
        <source>the spread of a single element is 0 / 0</source>
        <translation>单个元素的离散程度是 0 / 0</translation>
    </message>
    <message>
        <source>Use correction=0, or more elements.</source>
        <translation>使用 correction=0，或更多的元素。</translation>
    </message>
    <message>
        <source>the mean over nothing is 0 / 0</source>
        <translation>空集的均值是 0 / 0</translation>
    </message>
    <message>
        <source>What gradient does {sender} send to {receiver}?</source>
        <extracomment>A guess as exact as this is right, however it is written; float32 has seven digits. A number that is written with fewer digits than this is not taken as rounded.</extracomment>
        <translation>{sender} 传给 {receiver} 的梯度是多少？</translation>
    </message>
    <message>
        <source>What norm has the gradient that {sender} sends to {receiver}?</source>
        <translation>{sender} 传给 {receiver} 的梯度的范数是多少？</translation>
    </message>
    <message>
        <source>Right: PyTorch has {number}.</source>
        <translation>正确：PyTorch 的结果是{number}。</translation>
    </message>
    <message>
        <source>PyTorch has {number}; {guess} is off by {difference}.</source>
        <translation>PyTorch 的结果是{number}；{guess}相差{difference}。</translation>
    </message>
    <message>
        <source>PyTorch has {number}; {guess} has the other sign.</source>
        <translation>PyTorch 的结果是{number}；{guess}的符号相反。</translation>
    </message>
    <message>
        <source>PyTorch has {number}, which is not finite.</source>
        <translation>PyTorch 的结果是{number}，它不是有限的数。</translation>
    </message>
    <message>
        <source>PyTorch has {number}.</source>
        <translation>PyTorch 的结果是{number}。</translation>
    </message>
    <message>
        <source>Add a small number to its input, or keep that away from 0 with clamp.</source>
        <extracomment>The largest number of each type of floating-point numbers. Names under which a node keeps its own result, and not an input. Remedies, to be handed to `tr`.</extracomment>
        <translation>给它的输入加上一个小的数，或用 clamp 使它远离 0。</translation>
    </message>
    <message>
        <source>{tensor} is larger than {largest}, the largest number of {dtype}</source>
        <translation>{tensor}大于{largest}，即 {dtype} 的最大数</translation>
    </message>
    <message>
        <source>Use float32, or scale the numbers down.</source>
        <translation>使用 float32，或把数值缩小。</translation>
    </message>
    <message>
        <source>result, forwards</source>
        <translation>result（前向）</translation>
    </message>
    <message>
        <source>upstream</source>
        <translation>上游梯度</translation>
    </message>
    <message>
        <source>upstream {number}</source>
        <translation>上游梯度 {number}</translation>
    </message>
    <message numerus="yes">
        <source>Σ over dims {dims} of {formula}</source>
        <comment>Σ over dim {dims} of {formula}</comment>
        <translation>
            <numerusform>对维度 {dims} 求 Σ：{formula}</numerusform>
        </translation>
    </message>
    <message>
        <source>characters {first} to {last}</source>
        <translation>第{first}到{last}个字符</translation>
    </message>
    <message>
        <source>the other factor</source>
        <extracomment>For each slot of a product the saved tensor that it was multiplied with, and words for `tr`.</extracomment>
        <translation>另一个因子</translation>
    </message>
    <message>
        <source>what is divided</source>
        <translation>被除数</translation>
    </message>
    <message>
        <source>the other vector</source>
        <translation>另一个向量</translation>
    </message>
    <message>
        <source>the vector</source>
        <translation>该向量</translation>
    </message>
    <message>
        <source>the matrix</source>
        <translation>该矩阵</translation>
    </message>
    <message>
        <source>the second matrix</source>
        <translation>第二个矩阵</translation>
    </message>
    <message>
        <source>the first matrix</source>
        <translation>第一个矩阵</translation>
    </message>
    <message>
        <source>the second batch</source>
        <translation>第二批矩阵</translation>
    </message>
    <message>
        <source>the first batch</source>
        <translation>第一批矩阵</translation>
    </message>
    <message>
        <source>{what} is 0</source>
        <translation>{what}为 0</translation>
    </message>
    <message>
        <source>every element of {what} is 0</source>
        <translation>{what}的每个元素都为 0</translation>
    </message>
    <message>
        <source>{what} is below {bound}</source>
        <translation>{what}小于{bound}</translation>
    </message>
    <message>
        <source>every element of {what} is below {bound}</source>
        <translation>{what}的每个元素都小于{bound}</translation>
    </message>
    <message>
        <source>{what} is above {bound}</source>
        <translation>{what}大于{bound}</translation>
    </message>
    <message>
        <source>every element of {what} is above {bound}</source>
        <translation>{what}的每个元素都大于{bound}</translation>
    </message>
    <message>
        <source>{what} is not below {bound}</source>
        <translation>{what}不小于{bound}</translation>
    </message>
    <message>
        <source>every element of {what} is not below {bound}</source>
        <translation>{what}的每个元素都不小于{bound}</translation>
    </message>
    <message>
        <source>{what} is not above {bound}</source>
        <translation>{what}不大于{bound}</translation>
    </message>
    <message>
        <source>every element of {what} is not above {bound}</source>
        <translation>{what}的每个元素都不大于{bound}</translation>
    </message>
    <message>
        <source>{what} is rounded to the limit of {operation}, where that is flat</source>
        <translation>{what}被舍入到 {operation} 的极限值，那里函数是平的</translation>
    </message>
    <message>
        <source>every element of {what} is rounded to the limit of {operation}, where that is flat</source>
        <translation>{what}的每个元素都被舍入到 {operation} 的极限值，那里函数是平的</translation>
    </message>
    <message>
        <source>what arrived is 0 itself</source>
        <extracomment>Operations with the same result for all inputs nearby: their derivative is 0, or taken to be.</extracomment>
        <translation>到达的梯度本身就是 0</translation>
    </message>
    <message>
        <source>the derivative of {operation} is 0, or taken as 0 where it has none</source>
        <translation>{operation} 的导数为 0，在没有导数的地方也取为 0</translation>
    </message>
    <message>
        <source>its input</source>
        <translation>它的输入</translation>
    </message>
    <message>
        <source>its input, {number},</source>
        <translation>它的输入（{number}）</translation>
    </message>
    <message>
        <source>the base is 1</source>
        <translation>底数为 1</translation>
    </message>
    <message>
        <source>the exponent is 0</source>
        <translation>指数为 0</translation>
    </message>
    <message>
        <source>its base</source>
        <translation>它的底数</translation>
    </message>
    <message>
        <source>{reason}, where the derivative of {operation} is 0, or taken as 0</source>
        <translation>{reason}，此处 {operation} 的导数为 0，或取为 0</translation>
    </message>
    <message>
        <source>the other input is the larger one</source>
        <translation>另一个输入更大</translation>
    </message>
    <message>
        <source>the other input is the smaller one</source>
        <translation>另一个输入更小</translation>
    </message>
    <message>
        <source>the condition is nowhere true</source>
        <translation>条件处处不成立</translation>
    </message>
    <message>
        <source>the condition is true everywhere</source>
        <translation>条件处处成立</translation>
    </message>
    <message>
        <source>the mask fills every element</source>
        <translation>掩码填充了每个元素</translation>
    </message>
    <message>
        <source>over a dimension of size 1 its result is always {number}</source>
        <translation>在大小为 1 的维度上，它的结果总是{number}</translation>
    </message>
    <message>
        <source>step {number}</source>
        <extracomment>The index of the group of a node, or of the parent of a group, that is in none.</extracomment>
        <translation>第{number}步</translation>
    </message>
    <message>
        <source>backward of {name}</source>
        <translation>{name} 的反向</translation>
    </message>
    <message>
        <source>laid out by Graphviz&apos;s dot</source>
        <extracomment>The way of the edges: down, to the right, up, to the left. Of each direction the one that runs across it, and the opposite one. Why a plan was taken that is not the best one: for the graph itself, because a better plan was not done in time, or because Graphviz failed; empty for the best one.</extracomment>
        <translation>由 Graphviz 的 dot 布局</translation>
    </message>
    <message>
        <source>laid out by Graphviz&apos;s dot, with a shared leaf drawn once for each use</source>
        <translation>由 Graphviz 的 dot 布局，共享的叶子在每次使用处各画一次</translation>
    </message>
    <message>
        <source>laid out in rows with straight edges</source>
        <translation>按行布局，边为直线</translation>
    </message>
    <message>
        <source>{way}, as the graph is too large for a better plan or its edges are too long</source>
        <translation>{way}，因为图太大或边太长，无法采用更好的方案</translation>
    </message>
    <message>
        <source>{way}, as a better plan was not done in time; on a machine with less to do it may be</source>
        <translation>{way}，因为更好的方案没有及时完成；在负载较轻的机器上也许可以</translation>
    </message>
    <message>
        <source>{way}, as Graphviz failed at a better plan</source>
        <translation>{way}，因为 Graphviz 未能完成更好的方案</translation>
    </message>
    <message>
        <source>The shape “{shape}” is not finished: write it such as (2, 16, 32), (2, *) or 2x16x32.</source>
        <extracomment>The numbers that can be compared: norms, where a scalar&apos;s is its absolute value, and a count. Words of the language that are no free text. In place of any one size, and of any number of sizes. A `*` at the end is one size or more.</extracomment>
        <translation>形状“{shape}”不完整：请写成 (2, 16, 32)、(2, *) 或 2x16x32 这样。</translation>
    </message>
    <message>
        <source>“{name}” is no number of a node: compare grad, value, norm or params, or put the text into quotation marks.</source>
        <translation>“{name}”不是节点的数值：请比较 grad、value、norm 或 params，或给文本加上引号。</translation>
    </message>
    <message>
        <source>The quotation mark before “{text}” has no partner: close it, or leave it out.</source>
        <translation>“{text}”前的引号没有配对：请补上后引号，或去掉它。</translation>
    </message>
    <message>
        <source>The shape “{shape}” has … more than once: leave one of them.</source>
        <translation>形状“{shape}”中的 … 多于一个：请只保留一个。</translation>
    </message>
    <message>
        <source>A number is missing behind {comparison}: write such as {comparison}1.</source>
        <translation>{comparison} 后面缺少一个数：请写成 {comparison}1 这样。</translation>
    </message>
    <message>
        <source>{reason}: write {comparison} with a number such as 2.5.</source>
        <translation>{reason}：请在 {comparison} 后写一个数，例如 2.5。</translation>
    </message>
    <message>
        <source>Run: python -m pip uninstall gradviz, and then python -m pip install --force-reinstall --no-deps gradviz-studio</source>
        <extracomment>The package index has another project of this name; what is installed of this one is called so. The description of this project, by which an installation of it under another name is known. What to do about it, to be handed to `tr`.</extracomment>
        <translation>请先运行：python -m pip uninstall gradviz，再运行：python -m pip install --force-reinstall --no-deps gradviz-studio</translation>
    </message>
    <message>
        <source>Another package called {other} ({version}) is installed in this environment. Its files and those of {own} replace one another, so neither works.</source>
        <translation>此环境中还安装了另一个名为 {other} ({version}) 的包。它的文件与 {own} 的文件互相覆盖，因此两者都无法工作。</translation>
    </message>
    <message>
        <source>{name} {version} is installed, and gradviz is made for {name} from {first} up to, but not including, {end}: something may fail or be wrong.</source>
        <extracomment>Set where a release is being tried: nothing is said of versions then. By the names under which the libraries are installed. By the names under which they are imported. The exit code of an engine that could not load torch; the last line that it wrote tells why.</extracomment>
        <translation>已安装 {name} {version}，而 gradviz 适用于从 {first} 到 {end}（不含）的 {name}：可能会有功能失败或出错。</translation>
    </message>
    <message>
        <source>{release} cannot be loaded ({reason}): install {name} from {first} up to, but not including, {end}.</source>
        <translation>无法加载 {release}（{reason}）：请安装从 {first} 到 {end}（不含）的 {name}。</translation>
    </message>
    <message>
        <source>Without a window, these work: gradviz graph, gradviz step, gradviz train, gradviz models, gradviz devices.</source>
        <translation>没有窗口时可以使用：gradviz graph、gradviz step、gradviz train、gradviz models、gradviz devices。</translation>
    </message>
    <message>
        <source>What you have typed is still there. If something looks wrong, restart the program.</source>
        <translation>你输入的内容还在。如果有什么不对，请重启程序。</translation>
    </message>
    <message>
        <source>The window met an error of its own: {error}.</source>
        <translation>窗口自身出现错误：{error}。</translation>
    </message>
    <message>
        <source>Keep this recording for comparison</source>
        <translation>保留此记录以便比较</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Lay later passes of this model over this one; the panel Changes tells what differs</source>
        <translation>把这个模型之后的各次传播与这一次对照；“变化”面板会说明有何不同</translation>
    </message>
    <message>
        <source>Clear the kept recording</source>
        <translation>清除保留的记录</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Compare with no kept recording any more</source>
        <translation>不再与保留的记录比较</translation>
    </message>
    <message>
        <source>Find node…</source>
        <translation>查找节点…</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find nodes and groups by name, shape, type or number</source>
        <translation>按名称、形状、类型或数值查找节点和分组</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy the graph as it is shown to the clipboard, as PNG and as SVG</source>
        <translation>把当前显示的图以 PNG 和 SVG 格式复制到剪贴板</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>复制所选内容</translation>
    </message>
    <message>
        <source>Copy the marked nodes, else the chosen node or group, as a picture and as text</source>
        <translation>把标记的节点（没有则为选中的节点或分组）复制为图片和文本</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take back the last change of the model, its training or its picture</source>
        <translation>撤销对模型、训练或图的上一次更改</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Make the change again that was undone last</source>
        <translation>重新做上一次被撤销的更改</translation>
    </message>
    <message>
        <source>Edit expression</source>
        <translation>编辑表达式</translation>
    </message>
    <message>
        <source>Put the cursor into the expression field</source>
        <translation>把光标移到表达式输入框</translation>
    </message>
    <message>
        <source>Copy as DOT source</source>
        <translation>复制为 DOT 源码</translation>
    </message>
    <message>
        <source>Copy the graph to the clipboard as text for Graphviz</source>
        <translation>把图作为 Graphviz 文本复制到剪贴板</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>查找下一个</translation>
    </message>
    <message>
        <source>Go to the next node that was found, and open the groups that hide it</source>
        <translation>前往找到的下一个节点，并展开遮住它的分组</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>查找上一个</translation>
    </message>
    <message>
        <source>Go to the node that was found before</source>
        <translation>前往找到的上一个节点</translation>
    </message>
    <message>
        <source>Find action…</source>
        <translation>查找操作…</translation>
    </message>
    <message>
        <source>Do anything by typing its name</source>
        <translation>输入名称即可执行任何操作</translation>
    </message>
    <message>
        <source>Export graph as SVG image…</source>
        <extracomment>Netron&apos;s keys, where it has one.</extracomment>
        <translation>导出图为 SVG 图像…</translation>
    </message>
    <message>
        <source>Export graph as PNG image…</source>
        <translation>导出图为 PNG 图像…</translation>
    </message>
    <message>
        <source>Export graph as PDF document…</source>
        <translation>导出图为 PDF 文档…</translation>
    </message>
    <message>
        <source>Export graph as Graphviz DOT source…</source>
        <translation>导出图为 Graphviz DOT 源码…</translation>
    </message>
    <message>
        <source>Export graph as JSON data…</source>
        <translation>导出图为 JSON 数据…</translation>
    </message>
    <message>
        <source>Export graph as GraphML data…</source>
        <translation>导出图为 GraphML 数据…</translation>
    </message>
    <message>
        <source>Export graph as Mermaid flowchart…</source>
        <translation>导出图为 Mermaid 流程图…</translation>
    </message>
    <message>
        <source>Export graph as interactive HTML page…</source>
        <translation>导出图为交互式 HTML 页面…</translation>
    </message>
    <message>
        <source>Write the graph as it is shown, highlights included, to a file</source>
        <translation>把当前显示的图连同高亮写入文件</translation>
    </message>
    <message>
        <source>Export plots as PNG image…</source>
        <translation>导出曲线图为 PNG 图像…</translation>
    </message>
    <message>
        <source>Write the fit and the loss to one file</source>
        <translation>把拟合和损失写入一个文件</translation>
    </message>
    <message>
        <source>Export formulas as SVG image…</source>
        <translation>导出公式为 SVG 图像…</translation>
    </message>
    <message>
        <source>Write the expression, its loss and its derivatives, set as mathematics, to a file</source>
        <translation>把表达式及其损失和导数按数学排版写入文件</translation>
    </message>
    <message>
        <source>Export for publication…</source>
        <translation>导出用于出版…</translation>
    </message>
    <message>
        <source>Write the graph for print: on white, its width in millimetres, with a caption</source>
        <translation>写出供印刷的图：白底，宽度以毫米计，附图注</translation>
    </message>
    <message>
        <source>Export moving picture…</source>
        <translation>导出动画…</translation>
    </message>
    <message>
        <source>Write the training or the backward pass as GIF, WebP or MP4</source>
        <translation>把训练或反向传播写成 GIF、WebP 或 MP4</translation>
    </message>
    <message>
        <source>Restore what was open</source>
        <translation>恢复之前打开的内容</translation>
    </message>
    <message>
        <source>Build the model that was open when gradviz ended without being closed, with its settings</source>
        <translation>按原来的设置重建 gradviz 意外结束时打开的模型</translation>
    </message>
    <message>
        <source>Discard what was open</source>
        <translation>丢弃之前打开的内容</translation>
    </message>
    <message>
        <source>Forget what was open when gradviz ended without being closed</source>
        <translation>不再保留 gradviz 意外结束时打开的内容</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Open session…</source>
        <translation>打开会话…</translation>
    </message>
    <message>
        <source>Go on from a saved session: its model, its training and how it was shown; or a recording</source>
        <translation>从保存的会话继续：模型、训练及其显示方式；也可以打开记录</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Keep the model with its training and how it is shown in a file, to go on from there</source>
        <translation>把模型、训练和显示方式保存到文件，以便以后继续</translation>
    </message>
    <message>
        <source>Save session as…</source>
        <translation>会话另存为…</translation>
    </message>
    <message>
        <source>Keep the session in another file, which is its file from then on</source>
        <translation>把会话保存到另一个文件，以后就用那个文件</translation>
    </message>
    <message>
        <source>on</source>
        <extracomment>Before the name of a model in the key of its row, so that no model has the key of an action.</extracomment>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Models</source>
        <extracomment>So that all models have room in a window of the usual size.</extracomment>
        <translation>模型</translation>
    </message>
    <message>
        <source>Open the group</source>
        <translation>展开分组</translation>
    </message>
    <message>
        <source>Show the nodes and groups within the chosen box; a double click does so too</source>
        <translation>显示所选方框内的节点和分组；双击也可以</translation>
    </message>
    <message>
        <source>Close the group</source>
        <translation>收起分组</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>a group</comment>
        <translation>展开</translation>
    </message>
    <message>
        <source>Close</source>
        <comment>a group</comment>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show the open group that is chosen, or is around the chosen node, as one box</source>
        <translation>把选中的（或所选节点所在的）已展开分组显示为一个方框</translation>
    </message>
    <message>
        <source>Expand all within</source>
        <translation>展开其中全部</translation>
    </message>
    <message>
        <source>Open the group, and all groups within it</source>
        <translation>展开该分组及其中的所有分组</translation>
    </message>
    <message>
        <source>Collapse others</source>
        <translation>收起其他分组</translation>
    </message>
    <message>
        <source>Close all groups but those around what is chosen</source>
        <translation>收起所有分组，只留下包含所选内容的</translation>
    </message>
    <message>
        <source>Next of equal groups</source>
        <translation>下一个相同分组</translation>
    </message>
    <message>
        <source>Open the next of equal groups in a row in the place of this one</source>
        <translation>在此处改为展开一排相同分组中的下一个</translation>
    </message>
    <message>
        <source>Previous of equal groups</source>
        <translation>上一个相同分组</translation>
    </message>
    <message>
        <source>Open the one before it of equal groups in a row in the place of this one</source>
        <translation>在此处改为展开一排相同分组中的上一个</translation>
    </message>
    <message>
        <source>Fold equal groups</source>
        <translation>折叠相同分组</translation>
    </message>
    <message>
        <source>Show the groups of equal structure beside this one as one box again</source>
        <translation>把相邻的结构相同的分组重新显示为一个方框</translation>
    </message>
    <message>
        <source>Draw parameters</source>
        <translation>绘制参数</translation>
    </message>
    <message>
        <source>Draw the parameters of modules as nodes, instead of leaving them in their boxes</source>
        <translation>把模块的参数画成节点，而不是留在方框里</translation>
    </message>
    <message>
        <source>Hide views</source>
        <translation>隐藏视图操作</translation>
    </message>
    <message>
        <source>Leave out views, transposes and what else changes a shape alone</source>
        <translation>省略 view、转置等只改变形状的运算</translation>
    </message>
    <message>
        <source>Expand all</source>
        <translation>全部展开</translation>
    </message>
    <message>
        <source>Open every group, down to the single nodes</source>
        <translation>展开所有分组，直到单个节点</translation>
    </message>
    <message>
        <source>Close all</source>
        <translation>全部收起</translation>
    </message>
    <message>
        <source>Close every group</source>
        <translation>收起所有分组</translation>
    </message>
    <message>
        <source>Go into the group</source>
        <translation>进入分组</translation>
    </message>
    <message>
        <source>Go into</source>
        <translation>进入</translation>
    </message>
    <message>
        <source>Let the chosen group take the whole canvas; the path above the graph leads back</source>
        <translation>让所选分组占满整个画布；图上方的路径可以返回</translation>
    </message>
    <message>
        <source>Go out of the group</source>
        <translation>离开分组</translation>
    </message>
    <message>
        <source>Go out</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Show the group around that which takes the whole canvas</source>
        <translation>显示包含当前占满画布的分组的上一层</translation>
    </message>
    <message>
        <source>Step over the group</source>
        <translation>单步越过分组</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>越过</translation>
    </message>
    <message>
        <source>Go on until another box is worked on</source>
        <translation>继续，直到处理另一个方框</translation>
    </message>
    <message>
        <source>Step into the group</source>
        <translation>单步进入分组</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>步入</translation>
    </message>
    <message>
        <source>Open the closed group that is worked on; elsewhere take one step</source>
        <translation>展开正在处理的已收起分组；在别处则走一步</translation>
    </message>
    <message>
        <source>Step out of the group</source>
        <translation>单步跳出分组</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>跳出</translation>
    </message>
    <message>
        <source>Go on until the pass has left the group of the current node</source>
        <translation>继续，直到离开当前节点所在的分组</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Open the documentation in a browser; it needs no network</source>
        <translation>在浏览器中打开文档；不需要网络</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Signs in the graph</source>
        <translation>图中的符号</translation>
    </message>
    <message>
        <source>Show what each box, line, colour and mark of the graph means</source>
        <translation>说明图中每种方框、线条、颜色和标记的含义</translation>
    </message>
    <message>
        <source>What&apos;s new</source>
        <translation>新功能</translation>
    </message>
    <message>
        <source>Show the changes of the newest version</source>
        <translation>显示最新版本的改动</translation>
    </message>
    <message>
        <source>Report a problem…</source>
        <translation>报告问题…</translation>
    </message>
    <message>
        <source>Write versions, settings and the last errors to a file; nothing is sent</source>
        <translation>把版本、设置和最近的错误写入文件；不会发送任何内容</translation>
    </message>
    <message>
        <source>About gradviz</source>
        <translation>关于 gradviz</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Shapes, gradients and saved values of a node</source>
        <translation>节点的形状、梯度和保存的值</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>树</translation>
    </message>
    <message>
        <source>Show the modules and nodes as rows, to search and to sort</source>
        <translation>按行显示模块和节点，可以搜索和排序</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Show the values of any tensor of the node</source>
        <translation>显示该节点任一张量的值</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康状况</translation>
    </message>
    <message>
        <source>Show where gradients vanish, explode, are dead or not finite</source>
        <translation>显示梯度在哪里消失、爆炸、死亡或不是有限值</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检验</translation>
    </message>
    <message>
        <source>Compare recorded gradients with other ways to find them</source>
        <translation>把记录的梯度与用其他方法求得的结果比较</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Show what differs from the recording that was kept</source>
        <translation>显示与保留的记录有何不同</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>讲解</translation>
    </message>
    <message>
        <source>Say the current step in plain words, with the rule that it follows</source>
        <translation>用通俗的话说明当前这一步及其所依据的规则</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源代码</translation>
    </message>
    <message>
        <source>Show the line of Python that made the node, and what each line made</source>
        <translation>显示产生该节点的 Python 代码行，以及每一行产生了什么</translation>
    </message>
    <message>
        <source>Why is this gradient None?</source>
        <translation>为什么这个梯度是 None？</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Tell for each parameter and input without a gradient where it was lost</source>
        <translation>对每个没有梯度的参数和输入，说明梯度在哪里丢失</translation>
    </message>
    <message>
        <source>Show the compiled graph</source>
        <translation>显示编译后的图</translation>
    </message>
    <message>
        <source>Show the forward and backward graphs that torch.compile made of a compiled function</source>
        <translation>显示 torch.compile 为编译的函数生成的前向图和反向图</translation>
    </message>
    <message>
        <source>Check this node</source>
        <extracomment>The language that they are told in.</extracomment>
        <translation>检验此节点</translation>
    </message>
    <message>
        <source>Compare the gradients of the inspected node with finite differences and more</source>
        <translation>把所检查节点的梯度与有限差分等结果比较</translation>
    </message>
    <message>
        <source>Check all leaves</source>
        <translation>检验所有叶子</translation>
    </message>
    <message>
        <source>Compare the gradient of every leaf with finite differences and more</source>
        <translation>把每个叶子的梯度与有限差分等结果比较</translation>
    </message>
    <message>
        <source>Cancel the checks</source>
        <translation>取消检验</translation>
    </message>
    <message>
        <source>Check no further; what was found stays</source>
        <translation>不再继续检验；已得到的结果保留</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>复制名称</translation>
    </message>
    <message>
        <source>Copy the whole name of the node</source>
        <translation>复制节点的完整名称</translation>
    </message>
    <message>
        <source>Copy values</source>
        <translation>复制数值</translation>
    </message>
    <message>
        <source>Copy its shape, value and gradient with all digits; of many values, the statistics</source>
        <translation>复制形状、值和梯度（全部位数）；值很多时复制统计量</translation>
    </message>
    <message>
        <source>Isolate this node</source>
        <translation>隔离此节点</translation>
    </message>
    <message>
        <source>Show its ancestors and descendants alone in full, and the rest faintly; once more shows all</source>
        <translation>只完整显示它的祖先和后代，其余变淡；再按一次全部显示</translation>
    </message>
    <message>
        <source>Isolate its ancestors</source>
        <translation>隔离其祖先</translation>
    </message>
    <message>
        <source>Show it with all that it is computed from alone in full, and the rest faintly; once more shows all</source>
        <translation>只完整显示它和计算它所用的一切，其余变淡；再按一次全部显示</translation>
    </message>
    <message>
        <source>Isolate its descendants</source>
        <translation>隔离其后代</translation>
    </message>
    <message>
        <source>Show it with all that is computed from it alone in full, and the rest faintly; once more shows all</source>
        <translation>只完整显示它和由它算出的一切，其余变淡；再按一次全部显示</translation>
    </message>
    <message>
        <source>Begin a way here</source>
        <translation>路径从这里开始</translation>
    </message>
    <message>
        <source>Remember this node or group as one end of a way; then choose the other end</source>
        <translation>把此节点或分组记为路径的一端；然后选择另一端</translation>
    </message>
    <message>
        <source>Show the way to here</source>
        <translation>显示到这里的路径</translation>
    </message>
    <message>
        <source>Show all that lies on any way between the two ends alone in full; a click with Shift does so from what is chosen</source>
        <translation>只完整显示两端之间所有路径上的内容；按住 Shift 单击则以所选内容为起点</translation>
    </message>
    <message>
        <source>Go to the shared parameter</source>
        <translation>前往共享参数</translation>
    </message>
    <message>
        <source>Choose the one parameter behind the linked rings; its gradient is the sum of all uses</source>
        <translation>选择相连圆环所指的那个参数；它的梯度是各处使用的总和</translation>
    </message>
    <message>
        <source>Show all nodes in full</source>
        <translation>完整显示所有节点</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Isolate nothing any more, and begin no way</source>
        <translation>不再隔离任何内容，也不再开始路径</translation>
    </message>
    <message>
        <source>Copy expression as LaTeX</source>
        <translation>复制表达式为 LaTeX</translation>
    </message>
    <message>
        <source>Copy the expression, and in a fit its loss, as LaTeX</source>
        <translation>把表达式（拟合时还有损失）复制为 LaTeX</translation>
    </message>
    <message>
        <source>Copy derivatives as LaTeX</source>
        <translation>复制导数为 LaTeX</translation>
    </message>
    <message>
        <source>Copy the derivative by each input or parameter as LaTeX, one a line</source>
        <translation>把对每个输入或参数的导数复制为 LaTeX，每行一个</translation>
    </message>
    <message>
        <source>Copy rule as LaTeX</source>
        <translation>复制规则为 LaTeX</translation>
    </message>
    <message>
        <source>Copy the rule of the current step as LaTeX; a part that is code is copied as it is</source>
        <translation>把当前步的规则复制为 LaTeX；其中的代码原样复制</translation>
    </message>
    <message>
        <source>Lessons…</source>
        <translation>课程…</translation>
    </message>
    <message>
        <source>Choose a lesson, which goes on where it was left</source>
        <translation>选择课程，从上次停下的地方继续</translation>
    </message>
    <message>
        <source>Next step of the lesson</source>
        <translation>课程的下一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Go on, once the step is done</source>
        <translation>完成这一步后继续</translation>
    </message>
    <message>
        <source>Step of the lesson before</source>
        <translation>课程的上一步</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Return to the sentence before</source>
        <translation>回到上一句</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>做给我看</translation>
    </message>
    <message>
        <source>Have the step of the lesson done by the window</source>
        <translation>让窗口替你完成课程的这一步</translation>
    </message>
    <message>
        <source>End the lesson</source>
        <translation>结束课程</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Close the lesson; it goes on at this step when it is chosen again</source>
        <translation>关闭课程；再次选择时从这一步继续</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Take an nn.Module from a file of Python; it runs only if you trust it</source>
        <translation>从 Python 文件中取一个 nn.Module；只有在你信任它时才会运行</translation>
    </message>
    <message>
        <source>Layers of a network</source>
        <translation>网络的层</translation>
    </message>
    <message>
        <source>Stack layers in a form, which writes them into the field</source>
        <translation>在表单中叠放层，结果会写入输入框</translation>
    </message>
    <message>
        <source>Gradient at a point</source>
        <translation>某一点的梯度</translation>
    </message>
    <message>
        <source>x is one number, and so are y and z; the picture is the graph of their function</source>
        <translation>x 是一个数，y 和 z 也是；显示的是它们的函数的图</translation>
    </message>
    <message>
        <source>Fit to the target</source>
        <translation>拟合目标</translation>
    </message>
    <message>
        <source>x is many points; the picture is the graph of the loss</source>
        <translation>x 是许多点；显示的是损失的图</translation>
    </message>
    <message>
        <source>Image folder…</source>
        <translation>图像文件夹…</translation>
    </message>
    <message>
        <source>Train the image classifier on FashionMNIST&apos;s files in a folder of yours</source>
        <translation>用你的文件夹中的 FashionMNIST 文件训练图像分类器</translation>
    </message>
    <message>
        <source>Rebuild</source>
        <translation>重新构建</translation>
    </message>
    <message>
        <source>Build the model anew, from the same seed</source>
        <translation>用同一个随机种子重新构建模型</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Pause the training; what does not answer is ended, and PyTorch started again</source>
        <translation>暂停训练；没有响应的会被结束，并重新启动 PyTorch</translation>
    </message>
    <message>
        <source>Restart engine</source>
        <translation>重启计算引擎</translation>
    </message>
    <message>
        <source>End PyTorch&apos;s process and start it again</source>
        <translation>结束 PyTorch 进程并重新启动</translation>
    </message>
    <message>
        <source>Differentiate along all ones</source>
        <extracomment>A row for each direction.</extracomment>
        <translation>沿全 1 方向求导</translation>
    </message>
    <message>
        <source>Differentiate along the gradient itself</source>
        <translation>沿梯度本身求导</translation>
    </message>
    <message>
        <source>Differentiate along a random direction</source>
        <translation>沿随机方向求导</translation>
    </message>
    <message>
        <source>The direction of the Hessian-vector product; a single leaf is chosen on top</source>
        <translation>黑塞矩阵与向量之积的方向；单个叶子在顶部选择</translation>
    </message>
    <message>
        <source>Create graph (second order)</source>
        <translation>创建梯度的图（二阶）</translation>
    </message>
    <message>
        <source>Show the graph of the gradient; stepping through it gives the Hessian-vector product</source>
        <translation>显示梯度的图；逐步走完它就得到黑塞矩阵与向量之积</translation>
    </message>
    <message>
        <source>Differentiate once more (third order)</source>
        <translation>再求一次导（三阶）</translation>
    </message>
    <message>
        <source>Show the graph of the Hessian-vector product</source>
        <translation>显示黑塞矩阵与向量之积的图</translation>
    </message>
    <message>
        <source>Train at full speed</source>
        <extracomment>The most steps a second that can be chosen; 0 is as many as can be.</extracomment>
        <translation>以全速训练</translation>
    </message>
    <message>
        <source>Train at {shown} steps a second</source>
        <translation>以每秒 {shown} 步训练</translation>
    </message>
    <message>
        <source>full speed</source>
        <translation>全速</translation>
    </message>
    <message numerus="yes">
        <source>{shown} steps/s</source>
        <comment>{shown} step/s</comment>
        <translation>
            <numerusform>{shown} 步/秒</numerusform>
        </translation>
    </message>
    <message>
        <source>full</source>
        <translation>最快</translation>
    </message>
    <message numerus="yes">
        <source>{shown}/s</source>
        <comment>{shown} step/s</comment>
        <translation>
            <numerusform>{shown}/秒</numerusform>
        </translation>
    </message>
    <message>
        <source>How fast training goes, also while it runs; its results are the same</source>
        <translation>训练的快慢，训练中也可以更改；结果不变</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>到开头</translation>
    </message>
    <message>
        <source>Before the first step, where the inputs are put in</source>
        <translation>第一步之前，放入输入的时候</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>The previous step, also from the backward pass into the forward pass</source>
        <translation>上一步，也可以从反向传播回到前向传播</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Walk forwards and back by itself, at the chosen speed</source>
        <translation>按所选速度自动前向再反向逐步浏览</translation>
    </message>
    <message>
        <source>Step forward</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>The next step: forwards to the output, then backwards</source>
        <translation>下一步：先前向到输出，再反向</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>到结尾</translation>
    </message>
    <message>
        <source>After the last step of the backward pass</source>
        <translation>反向传播的最后一步之后</translation>
    </message>
    <message>
        <source>Go to the turn</source>
        <translation>前往折返点</translation>
    </message>
    <message>
        <source>Where every value is there, before the first step of the backward pass</source>
        <translation>所有值都已算出、反向传播第一步之前的时刻</translation>
    </message>
    <message>
        <source>Begin at the inputs</source>
        <translation>从输入开始</translation>
    </message>
    <message>
        <source>Walk the forward pass first; else a walk begins at the turn</source>
        <translation>先浏览前向传播；否则从折返点开始</translation>
    </message>
    <message>
        <source>Predict first</source>
        <translation>先预测</translation>
    </message>
    <message>
        <source>Hide the gradients of each step until you have predicted them, or ask for them</source>
        <translation>隐藏每一步的梯度，直到你作出预测或要求显示</translation>
    </message>
    <message>
        <source>Show hidden gradient</source>
        <translation>显示隐藏的梯度</translation>
    </message>
    <message>
        <source>Show the gradients of the current step, which are to be predicted first</source>
        <translation>显示当前步中本应先预测的梯度</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Train the model, or pause</source>
        <translation>训练模型，或暂停</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>Do one training step</source>
        <translation>做一步训练</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Return to the same initial weights</source>
        <translation>回到同样的初始权重</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>新随机种子</translation>
    </message>
    <message>
        <source>Draw other initial weights</source>
        <translation>抽取另一组初始权重</translation>
    </message>
    <message>
        <source>Show the start of the training</source>
        <translation>显示训练的开始</translation>
    </message>
    <message>
        <source>The initial weights; what was trained is kept</source>
        <translation>初始权重；已训练的内容保留</translation>
    </message>
    <message>
        <source>Show the step before</source>
        <translation>显示前一步</translation>
    </message>
    <message>
        <source>One step back in the training</source>
        <translation>在训练中后退一步</translation>
    </message>
    <message>
        <source>Show the step after</source>
        <translation>显示后一步</translation>
    </message>
    <message>
        <source>One step forward in what was trained; after the newest, the pass that failed</source>
        <translation>在已训练的步中前进一步；最新一步之后是失败的那次传播</translation>
    </message>
    <message>
        <source>Show the newest step</source>
        <translation>显示最新一步</translation>
    </message>
    <message>
        <source>The newest step of the training</source>
        <translation>训练的最新一步</translation>
    </message>
    <message>
        <source>Use the settings of the model</source>
        <translation>采用模型自带的设置</translation>
    </message>
    <message>
        <source>Optimizer, learning rate, loss, scheduler and steps as the ready-made model has them</source>
        <translation>优化器、学习率、损失、学习率调度器和步数都与现成模型一致</translation>
    </message>
    <message>
        <source>Compare runs</source>
        <translation>比较多次训练</translation>
    </message>
    <message>
        <source>Train the runs of the list side by side from their initial weights, or stop them</source>
        <translation>从各自的初始权重并排训练列表中的各项，或停止训练</translation>
    </message>
    <message>
        <source>Add this run to the comparison</source>
        <translation>把这次训练加入比较</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add the model, the seed and the training as they are now</source>
        <translation>按现在的样子加入模型、随机种子和训练设置</translation>
    </message>
    <message>
        <source>Step {step} of {count}: gradient of {name}: {gradient}</source>
        <translation>第 {step} 步，共 {count} 步：{name} 的梯度：{gradient}</translation>
    </message>
    <message>
        <source>Step {step} of {count}: no gradient for {name}</source>
        <translation>第 {step} 步，共 {count} 步：{name} 没有梯度</translation>
    </message>
    <message>
        <source>Forward step {step} of {count}: {name}: {value}</source>
        <translation>前向第 {step} 步，共 {count} 步：{name}：{value}</translation>
    </message>
    <message>
        <source>Forward step {step} of {count}: {name}</source>
        <translation>前向第 {step} 步，共 {count} 步：{name}</translation>
    </message>
    <message>
        <source>Before forward step 1 of {count}</source>
        <translation>在前向第 1 步之前，共 {count} 步</translation>
    </message>
    <message>
        <source>The turn: before backward step 1 of {count}</source>
        <translation>折返点：在反向第 1 步之前，共 {count} 步</translation>
    </message>
    <message>
        <source>norm {norm}</source>
        <translation>范数 {norm}</translation>
    </message>
    <message>
        <source>{shape}, without a number</source>
        <translation>{shape}，没有数值</translation>
    </message>
    <message>
        <source>The training runs.</source>
        <translation>训练正在进行。</translation>
    </message>
    <message>
        <source>The training stands at step {step}, with a loss of {loss}.</source>
        <translation>训练停在第 {step} 步，损失为 {loss}。</translation>
    </message>
    <message>
        <source>The comparison runs.</source>
        <translation>比较正在进行。</translation>
    </message>
    <message>
        <source>The comparison has ended; the lowest loss is that of {title}.</source>
        <translation>比较已结束；损失最低的是 {title}。</translation>
    </message>
    <message>
        <source>The comparison has ended.</source>
        <translation>比较已结束。</translation>
    </message>
    <message numerus="yes">
        <source>The graph has {nodes} nodes.</source>
        <comment>The graph has {nodes} node.</comment>
        <translation>
            <numerusform>图有 {nodes} 个节点。</numerusform>
        </translation>
    </message>
    <message>
        <source>along gradient</source>
        <extracomment>A longer list of leaves helps nobody; the command line takes any of them. A longer text for a direction is cut.</extracomment>
        <translation>沿梯度</translation>
    </message>
    <message>
        <source>along random</source>
        <translation>随机方向</translation>
    </message>
    <message>
        <source>Along what the gradient is differentiated. What has a double outline was computed by a backward pass; a leaf gets its part of the Hessian-vector product.</source>
        <translation>对梯度求导所沿的方向。双线边框的内容由反向传播算出；每个叶子得到黑塞矩阵与向量之积中属于它的部分。</translation>
    </message>
    <message>
        <source>Direction of the second order</source>
        <translation>二阶求导的方向</translation>
    </message>
    <message>
        <source>order {order} {along}</source>
        <translation>{order} 阶，{along}</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>随机种子 {seed}</translation>
    </message>
    <message>
        <source>order {order}</source>
        <extracomment>More derivatives than this are left to the result panel. More nodes than this are only counted.</extracomment>
        <translation>{order} 阶</translation>
    </message>
    <message>
        <source>Order {order} {along}.</source>
        <translation>{order} 阶，{along}。</translation>
    </message>
    <message>
        <source>along {leaf}</source>
        <translation>沿 {leaf}</translation>
    </message>
    <message>
        <source>How e is taken</source>
        <translation>e 的含义</translation>
    </message>
    <message>
        <source>e = 2.718… ⇄ parameter</source>
        <translation>e = 2.718… ⇄ 参数</translation>
    </message>
    <message>
        <source>e is a parameter ⇄ 2.718…</source>
        <translation>e 是参数 ⇄ 2.718…</translation>
    </message>
    <message>
        <source>e^ is 2.718…, e a parameter ⇄ 2.718…</source>
        <translation>e^ 是 2.718…，e 是参数 ⇄ 2.718…</translation>
    </message>
    <message>
        <source>Click to take it as a parameter.</source>
        <extracomment>The text that the last click wrote, and the one before it.</extracomment>
        <translation>单击则把它当作参数。</translation>
    </message>
    <message>
        <source>Click to take it as Euler&apos;s number everywhere.</source>
        <translation>单击则处处把它当作自然常数。</translation>
    </message>
    <message>
        <source>preparing</source>
        <extracomment>An export that is done sooner shows nothing.
----------
Enough for the largest image that is ever made, 100 million pixels of four bytes.</extracomment>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Cancel export</source>
        <translation>取消导出</translation>
    </message>
    <message>
        <source>Stop; what the file held before stays</source>
        <translation>停止；文件原有的内容保留</translation>
    </message>
    <message>
        <source>Exporting {name}: {progress}</source>
        <translation>正在导出 {name}：{progress}</translation>
    </message>
    <message>
        <source>step {step} of {count} of the training</source>
        <extracomment>While training runs the numbers here are not read more often.</extracomment>
        <translation>训练的第 {step} 步，共 {count} 步</translation>
    </message>
    <message>
        <source>Step of the training</source>
        <translation>训练的步</translation>
    </message>
    <message numerus="yes">
        <source>After {steps} steps of the training</source>
        <comment>After {steps} step of the training</comment>
        <translation>
            <numerusform>训练 {steps} 步之后</numerusform>
        </translation>
    </message>
    <message>
        <source>Step of the training to show</source>
        <translation>要显示的训练步</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示的内容</translation>
    </message>
    <message>
        <source>TRAINED</source>
        <translation>已训练</translation>
    </message>
    <message>
        <source>the pass that failed; Train goes on at step {step}</source>
        <translation>失败的那次传播；“训练”将从第 {step} 步继续</translation>
    </message>
    <message>
        <source>no step of the training yet</source>
        <translation>还没有训练步</translation>
    </message>
    <message>
        <source>of {step}: the newest step; forward is the pass that failed</source>
        <translation>共 {step} 步：最新一步；再往后是失败的那次传播</translation>
    </message>
    <message>
        <source>of {step}: the newest step</source>
        <translation>共 {step} 步：最新一步</translation>
    </message>
    <message>
        <source>of {newest}: an earlier step; Train continues from here as a new branch</source>
        <translation>共 {newest} 步：较早的一步；“训练”将从这里作为新分支继续</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭这条消息</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>关闭消息</translation>
    </message>
    <message>
        <source>How many steps a second training does, so that each can be seen; its results are the same</source>
        <translation>训练每秒做多少步，便于看清每一步；结果不变</translation>
    </message>
    <message>
        <source>Speed of training</source>
        <translation>训练速度</translation>
    </message>
    <message>
        <source>Recorded pass</source>
        <translation>记录的传播</translation>
    </message>
    <message>
        <source>The passes that the program has kept</source>
        <translation>程序保留的各次传播</translation>
    </message>
    <message>
        <source>{number}, where the gradient is taken</source>
        <extracomment>One box has room for all the digits that it takes; of several the bar has room for fewer.</extracomment>
        <translation>{number}，在这里求梯度</translation>
    </message>
    <message>
        <source>Value of {name}</source>
        <translation>{name} 的值</translation>
    </message>
    <message>
        <source>○ engine starting</source>
        <translation>○ 引擎启动中</translation>
    </message>
    <message>
        <source>● engine ready</source>
        <translation>● 引擎就绪</translation>
    </message>
    <message>
        <source>✗ engine ended</source>
        <translation>✗ 引擎已结束</translation>
    </message>
    <message>
        <source>● attached to a program</source>
        <translation>● 已连接到程序</translation>
    </message>
    <message>
        <source>● a recording in a file</source>
        <translation>● 文件中的记录</translation>
    </message>
    <message>
        <source>simpler layout: large graph</source>
        <extracomment>Why the graph is not drawn by the best plan, in short; the tool tip tells the rest.</extracomment>
        <translation>简化布局：图很大</translation>
    </message>
    <message>
        <source>simpler layout: out of time</source>
        <translation>简化布局：时间不够</translation>
    </message>
    <message>
        <source>simpler layout: Graphviz failed</source>
        <translation>简化布局：Graphviz 失败</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>{told}.</source>
        <translation>{told}。</translation>
    </message>
    <message numerus="yes">
        <source>{steps} steps trained</source>
        <comment>{steps} step trained</comment>
        <translation>
            <numerusform>已训练 {steps} 步</numerusform>
        </translation>
    </message>
    <message>
        <source>shown: {moment}</source>
        <translation>显示：{moment}</translation>
    </message>
    <message>
        <source>step {step} failed</source>
        <translation>第 {step} 步失败</translation>
    </message>
    <message numerus="yes">
        <source>training {steps} steps/s · {frames:.0f} fps</source>
        <comment>training {steps} step/s · {frames:.0f} fps</comment>
        <translation>
            <numerusform>训练 {steps} 步/秒 · {frames:.0f} 帧/秒</numerusform>
        </translation>
    </message>
    <message>
        <source>load PyTorch</source>
        <translation>加载 PyTorch</translation>
    </message>
    <message>
        <source>build the model</source>
        <translation>构建模型</translation>
    </message>
    <message>
        <source>run it forwards and backwards, and record that</source>
        <translation>前向和反向运行一次并记录</translation>
    </message>
    <message>
        <source>train one step</source>
        <translation>训练一步</translation>
    </message>
    <message>
        <source>lay its graph out</source>
        <translation>排布计算图</translation>
    </message>
    <message>
        <source>draw the graph as SVG</source>
        <translation>把图画成 SVG</translation>
    </message>
    <message>
        <source>measure how long this machine takes for a model, from its code to its picture</source>
        <translation>测量这台机器处理一个模型所需的时间，从代码到图</translation>
    </message>
    <message>
        <source>medians of N rounds (default 5)</source>
        <translation>取 N 轮的中位数（默认 5）</translation>
    </message>
    <message>
        <source>There are no {count} rounds.</source>
        <translation>不能是{count}轮。</translation>
    </message>
    <message>
        <source>Use {least} to {most}.</source>
        <translation>请用{least}到{most}。</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>{model}: {nodes}, {medians}</source>
        <translation>{model}：{nodes}，{medians}</translation>
    </message>
    <message numerus="yes">
        <source>{count} nodes</source>
        <comment>{count} node</comment>
        <translation>
            <numerusform>{count} 个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>medians of {count} rounds</source>
        <comment>medians of {count} round</comment>
        <translation>
            <numerusform>{count}轮的中位数</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} edges</source>
        <comment>{count} edge</comment>
        <translation>
            <numerusform>{count} 条边</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} groups</source>
        <comment>{count} group</comment>
        <translation>
            <numerusform>{count} 个分组</numerusform>
        </translation>
    </message>
    <message>
        <source>{edges} in {groups}</source>
        <translation>{edges}（{groups}）</translation>
    </message>
    <message>
        <source>{count} shown</source>
        <translation>显示 {count} 个</translation>
    </message>
    <message>
        <source>{count} marked</source>
        <translation>标记 {count} 个</translation>
    </message>
    <message>
        <source>step {step} of {count}: {name}</source>
        <extracomment>Steps a second that can be chosen for playing. Dots closer than this are drawn as a line. The words beside the scrubber have this room, whatever the current node is called. How near to the turn a click means the turn, in pixels. The values of the slider in words.</extracomment>
        <translation>第 {step} 步，共 {count} 步：{name}</translation>
    </message>
    <message>
        <source>forward step {step} of {count}: {name}</source>
        <translation>前向第 {step} 步（共 {count} 步）：{name}</translation>
    </message>
    <message>
        <source>before forward step 1 of {count}</source>
        <translation>前向第 1 步之前（共 {count} 步）</translation>
    </message>
    <message>
        <source>the turn, before backward step 1 of {count}</source>
        <translation>折返点，反向第 1 步之前（共 {count} 步）</translation>
    </message>
    <message>
        <source>no backward pass yet</source>
        <translation>还没有反向传播</translation>
    </message>
    <message>
        <source>Step of the forward and the backward pass</source>
        <translation>前向传播和反向传播的步</translation>
    </message>
    <message>
        <source>Backward step {step}: {name}</source>
        <translation>反向第 {step} 步：{name}</translation>
    </message>
    <message>
        <source>Forward step {step}: {name}</source>
        <translation>前向第 {step} 步：{name}</translation>
    </message>
    <message>
        <source>The turn: forwards to here, backwards from here</source>
        <translation>折返点：到此为前向，从此为反向</translation>
    </message>
    <message>
        <source>Speed of playing</source>
        <translation>播放速度</translation>
    </message>
    <message>
        <source>Steps a second</source>
        <translation>每秒步数</translation>
    </message>
    <message>
        <source>Pause</source>
        <extracomment>Seen where the graph has groups.</extracomment>
        <translation>暂停</translation>
    </message>
    <message>
        <source>&lt;br&gt;&lt;small&gt;of {moment}&lt;/small&gt;</source>
        <translation>&lt;br&gt;&lt;small&gt;{moment}&lt;/small&gt;</translation>
    </message>
    <message>
        <source>x is one number, and so are y and z; the graph is that of their function (Ctrl+1)</source>
        <translation>x 是一个数，y 和 z 也是；图是它们的函数的图（Ctrl+1）</translation>
    </message>
    <message>
        <source>Its tensors stay there; the window ends with it.</source>
        <translation>张量留在那个程序里；窗口随它一起结束。</translation>
    </message>
    <message>
        <source>Nothing of it can be run again from here.</source>
        <translation>这里不能重新运行其中的任何内容。</translation>
    </message>
    <message>
        <source>x is many points; the graph is that of the loss (Ctrl+2)</source>
        <translation>x 是许多点；图是损失的图（Ctrl+2）</translation>
    </message>
    <message>
        <source>In a fit y is the target: an expression with y in it has its gradient at a point</source>
        <translation>拟合中 y 是目标：含有 y 的表达式只能求某一点的梯度</translation>
    </message>
    <message>
        <source>At a point</source>
        <translation>在一点</translation>
    </message>
    <message>
        <source>Device</source>
        <extracomment>A narrower window shows the buttons of training as icons alone. A longer target is cut. No window is narrower.</extracomment>
        <translation>设备</translation>
    </message>
    <message>
        <source>Train one step</source>
        <translation>训练一步</translation>
    </message>
    <message>
        <source>Reset training</source>
        <translation>重置训练</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Write the graph or the plots to a file</source>
        <translation>把图或曲线图写入文件</translation>
    </message>
    <message>
        <source>Where PyTorch builds the model</source>
        <translation>PyTorch 在哪里构建模型</translation>
    </message>
    <message>
        <source>device {device}</source>
        <translation>设备 {device}</translation>
    </message>
    <message>
        <source>target &lt;b&gt;{target}&lt;/b&gt;</source>
        <translation>目标 &lt;b&gt;{target}&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Starting PyTorch…</source>
        <extracomment>The hints in place of a graph, by the status of the engine.</extracomment>
        <translation>正在启动 PyTorch…</translation>
    </message>
    <message>
        <source>{equation}.</source>
        <translation>{equation}。</translation>
    </message>
    <message>
        <source>The graph of the {last} {along}; a backward pass through it gives the {given}.</source>
        <translation>这是{last}（{along}）的图；对它做反向传播就得到{given}。</translation>
    </message>
    <message>
        <source>{equation}. Training makes this loss small; the graph is that of the loss.</source>
        <translation>{equation}。训练使这个损失变小；图是损失的图。</translation>
    </message>
    <message>
        <source>{equation}. The gradients are those of its inputs; there is no parameter.</source>
        <translation>{equation}。梯度是对它的输入求的；没有参数。</translation>
    </message>
    <message>
        <source>{equation}. The graph is that of the loss of one batch.</source>
        <translation>{equation}。图是一批数据的损失的图。</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} 和 {last}</translation>
    </message>
    <message>
        <source>The gradient of {result} at {at}, through the graph that PyTorch built.</source>
        <translation>{result} 在 {at} 处的梯度，经由 PyTorch 构建的图求得。</translation>
    </message>
    <message>
        <source>{equation}. The graph is that of the loss.</source>
        <translation>{equation}。图是损失的图。</translation>
    </message>
    <message>
        <source>Trained: {names}. The graph is that of the loss.</source>
        <translation>训练的参数：{names}。图是损失的图。</translation>
    </message>
    <message>
        <source>forward &lt;b&gt;{step}&lt;/b&gt; / {count}&amp;nbsp; </source>
        <translation>前向 &lt;b&gt;{step}&lt;/b&gt; / {count}&amp;nbsp; </translation>
    </message>
    <message>
        <source>backward &lt;b&gt;{step}&lt;/b&gt; / {count}&amp;nbsp; </source>
        <translation>反向 &lt;b&gt;{step}&lt;/b&gt; / {count}&amp;nbsp; </translation>
    </message>
    <message>
        <source>The graph is in the clipboard, as DOT source</source>
        <extracomment>How long the status bar says that something has been written. The format of the sign of the window that copied the graph. The exports that are not done, with their lines in the status bar. The image of the graph that was copied last. By this the content of the clipboard is known to be this window&apos;s. Who gets the pictures that are for neither a file nor the clipboard.</extracomment>
        <translation>计算图已复制到剪贴板（DOT 源码）</translation>
    </message>
    <message>
        <source>Written: {path}. {remark}</source>
        <translation>已写入：{path}。{remark}</translation>
    </message>
    <message>
        <source>Click a box to read what it is; a double click on a frame closes and opens it.</source>
        <translation>单击方框可查看它是什么；双击框架可收起或展开它。</translation>
    </message>
    <message>
        <source>The graph is being laid out…</source>
        <translation>正在为图布局…</translation>
    </message>
    <message>
        <source>The chosen box</source>
        <extracomment>Room that is left around it where the window is small. A graph has been placed. A file has been written, or has not.</extracomment>
        <translation>选中的方框</translation>
    </message>
    <message>
        <source>Make the graph smaller</source>
        <translation>缩小图</translation>
    </message>
    <message>
        <source>Make the graph larger</source>
        <translation>放大图</translation>
    </message>
    <message>
        <source>Write it to a file</source>
        <translation>写入文件</translation>
    </message>
    <message>
        <source>{title}…</source>
        <translation>{title}…</translation>
    </message>
    <message>
        <source>Written: {path} {remark}</source>
        <translation>已写入：{path}。{remark}</translation>
    </message>
    <message>
        <source>Written: {path}</source>
        <translation>已写入：{path}</translation>
    </message>
    <message>
        <source>{facts} · from {sources}</source>
        <translation>{facts} · 来自 {sources}</translation>
    </message>
    <message>
        <source>The graph is in the clipboard</source>
        <translation>计算图已复制到剪贴板</translation>
    </message>
    <message>
        <source>The selection is in the clipboard</source>
        <translation>所选内容已复制到剪贴板</translation>
    </message>
    <message>
        <source>The graph has not been laid out.</source>
        <extracomment>At a scale of 1 a pixel is a 96th of an inch, as in CSS.</extracomment>
        <translation>计算图还没有完成布局。</translation>
    </message>
    <message>
        <source>Drawn by gradviz, {layout}.</source>
        <translation>由 gradviz 绘制，{layout}。</translation>
    </message>
    <message>
        <source>{title}, forward step {step} of {count}</source>
        <translation>{title}，前向第{step}步，共{count}步</translation>
    </message>
    <message>
        <source>{title}, backward step {step} of {count}</source>
        <translation>{title}，反向第{step}步，共{count}步</translation>
    </message>
    <message numerus="yes">
        <source>Autograd graph with {count} nodes</source>
        <comment>Autograd graph with {count} node</comment>
        <translation>
            <numerusform>有{count}个节点的自动求导图</numerusform>
        </translation>
    </message>
    <message>
        <source>Wait until it is shown, or export DOT or JSON, which need no layout.</source>
        <translation>请等它显示出来，或导出不需要布局的 DOT 或 JSON。</translation>
    </message>
    <message>
        <source>There is no graph to draw.</source>
        <translation>没有可以绘制的图。</translation>
    </message>
    <message>
        <source>Type an expression first.</source>
        <translation>请先输入一个表达式。</translation>
    </message>
    <message>
        <source>Panels</source>
        <extracomment>In a narrower window the panels at the sides fold to tabs in one column. These are higher than their place where the window is low. Soon: Qt tells each dock on its own, before all are where they will be. The panels that have come into sight, one of which is brought up to date at each turn. The workspaces in which a panel that offered itself has come into sight since then.</extracomment>
        <translation>面板</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>浮动</translation>
    </message>
    <message>
        <source>Panel</source>
        <extracomment>Another panel is wanted, by its id.</extracomment>
        <translation>面板选择</translation>
    </message>
    <message>
        <source>The panel beside the graph</source>
        <translation>图旁边的面板</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>退出演示</translation>
    </message>
    <message>
        <source>Leave the presentation</source>
        <translation>离开演示</translation>
    </message>
    <message>
        <source>The whole window again (Esc)</source>
        <translation>回到整个窗口（Esc）</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>顶部</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>底部</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Find action</source>
        <translation>查找操作</translation>
    </message>
    <message>
        <source>Show {panel}</source>
        <translation>显示“{panel}”面板</translation>
    </message>
    <message>
        <source>Bring the panel to the front</source>
        <translation>把面板显示到最前面</translation>
    </message>
    <message>
        <source>Learn</source>
        <extracomment>From these widths on a window has more room at the sides; in a narrower one these are folded. In sight while a model trains: one of the first about the prediction, one about the course.</extracomment>
        <translation>学习</translation>
    </message>
    <message>
        <source>Learn workspace</source>
        <translation>“学习”工作区</translation>
    </message>
    <message>
        <source>A large graph, with the explanation of each step beside it</source>
        <translation>大幅的图，旁边是每一步的讲解</translation>
    </message>
    <message>
        <source>Give up this layout; the last picture stays</source>
        <translation>放弃这次布局；保留上一幅图像</translation>
    </message>
    <message>
        <source>Panels about gradients</source>
        <translation>关于梯度的面板</translation>
    </message>
    <message>
        <source>Health, checks, missing gradients and changes</source>
        <translation>健康状况、检验、缺失的梯度和变化</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Inspect workspace</source>
        <translation>“检查”工作区</translation>
    </message>
    <message>
        <source>The graph with the inspector, a tensor and the source beside it</source>
        <translation>图，旁边是检查器、张量和源代码</translation>
    </message>
    <message>
        <source>Train workspace</source>
        <translation>“训练”工作区</translation>
    </message>
    <message>
        <source>Large plots, the whole form of the training, and a smaller graph</source>
        <translation>大幅的曲线图、完整的训练表单和较小的图</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>调试</translation>
    </message>
    <message>
        <source>Debug workspace</source>
        <translation>“调试”工作区</translation>
    </message>
    <message>
        <source>The tree of modules, the inspector, health, checks and changes beside the graph</source>
        <translation>图旁边是模块树、检查器、健康状况、检验和变化</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <extracomment>Carries the id of the workspace.</extracomment>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>arguments</source>
        <extracomment>Field, label, and the example in the empty field.</extracomment>
        <translation>参数</translation>
    </message>
    <message>
        <source>in_features=4, bias=True</source>
        <translation>in_features=4, bias=True</translation>
    </message>
    <message>
        <source>example inputs</source>
        <translation>示例输入</translation>
    </message>
    <message>
        <source>randn(2, 3); (ones(2), ones(2))   or example_inputs() in it</source>
        <translation>randn(2, 3); (ones(2), ones(2))   或文件中的 example_inputs()</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>还没有任何记录。</translation>
    </message>
    <message>
        <source>Show it after a backward pass that it records; the first is one unless `when` is set.</source>
        <translation>请在它记录了一次反向传播之后再显示；除非设置了 `when`，第一次就会记录。</translation>
    </message>
    <message>
        <source>logits, 0 or hidden[0]; otherwise the first tensor, or loss(output)</source>
        <translation>logits、0 或 hidden[0]；否则为第一个张量，或 loss(output)</translation>
    </message>
    <message>
        <source>CrossEntropyLoss or HuberLoss(delta=0.5); otherwise as the output says</source>
        <translation>CrossEntropyLoss 或 HuberLoss(delta=0.5)；否则由输出决定</translation>
    </message>
    <message>
        <source>target</source>
        <extracomment>The last entries in the lines of each field.</extracomment>
        <translation>目标</translation>
    </message>
    <message>
        <source>the values that the loss compares with</source>
        <translation>损失用来比较的值</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>a .safetensors or .pt file; otherwise drawn from the seed</source>
        <translation>.safetensors 或 .pt 文件；否则由随机种子生成</translation>
    </message>
    <message>
        <source>trusted</source>
        <extracomment>The shape of an output for which an example of a target is shown: (batch, classes). How a file in the list stands, in words.</extracomment>
        <translation>已信任</translation>
    </message>
    <message>
        <source>changed since you trusted it</source>
        <translation>信任之后有改动</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新值</translation>
    </message>
    <message>
        <source>Class or function</source>
        <translation>类或函数</translation>
    </message>
    <message>
        <source>The one in the file</source>
        <translation>文件中的那一个</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Trust and run</source>
        <translation>信任并运行</translation>
    </message>
    <message>
        <source>Building…</source>
        <translation>正在构建…</translation>
    </message>
    <message>
        <source>Files that will run</source>
        <translation>将要运行的文件</translation>
    </message>
    <message>
        <source>Text of the file</source>
        <translation>文件的内容</translation>
    </message>
    <message numerus="yes">
        <source>… and {shown} more lines</source>
        <comment>… and {shown} more line</comment>
        <translation>
            <numerusform>……还有 {shown} 行</numerusform>
        </translation>
    </message>
    <message>
        <source>You have trusted this file with what stands in it. It runs with your rights.</source>
        <translation>你已信任这个文件及其现有内容。它将以你的权限运行。</translation>
    </message>
    <message>
        <source>You have trusted these files with what stands in them: the model&apos;s, and those that it imports from its folder. They run with your rights.</source>
        <translation>你已信任这些文件及其现有内容：模型的文件，以及它从所在文件夹导入的文件。它们将以你的权限运行。</translation>
    </message>
    <message numerus="yes">
        <source>{names} have changed since you gave trust.</source>
        <comment>{names} has changed since you gave trust.</comment>
        <translation>
            <numerusform>在你信任之后，{names}有改动。</numerusform>
        </translation>
    </message>
    <message>
        <source>Its code, and what it imports, will run with your rights: it can read, change and send what you can. Run it only if you trust it.</source>
        <translation>它的代码及其导入的内容将以你的权限运行：你能读取、更改和发送的，它也能。只有信任它时才运行。</translation>
    </message>
    <message>
        <source>class or function</source>
        <translation>类或函数</translation>
    </message>
    <message>
        <source>none: forward returns {outputs}</source>
        <translation>无：forward 返回 {outputs}</translation>
    </message>
    <message>
        <source>{targets}, such as {example}</source>
        <translation>{targets}，例如 {example}</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Choose a file of weights</source>
        <translation>选择权重文件</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>At “{part}”: {problem}</source>
        <translation>在“{part}”处：{problem}</translation>
    </message>
    <message>
        <source>At the end: {problem}</source>
        <translation>在末尾：{problem}</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>损失地形</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>控制台</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Plane</source>
        <translation>平面</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <extracomment>The entries of a list of losses with a single one: the model&apos;s own, and that one by its name.</extracomment>
        <translation>优化器</translation>
    </message>
    <message>
        <source>What changed between two backward passes will be here. Press Keep, then train a step, edit the expression, or choose another seed. A model with another structure ends the comparison.</source>
        <extracomment>More rows than this are only counted: nobody reads them.</extracomment>
        <translation>这里将显示两次反向传播之间的变化。先按“保留”，再训练一步、修改表达式或换一个随机种子。换成结构不同的模型，比较就会结束。</translation>
    </message>
    <message>
        <source>old {value}</source>
        <extracomment>The whole texts of a single number and of a norm.</extracomment>
        <translation>旧值 {value}</translation>
    </message>
    <message>
        <source>old norm {value}</source>
        <translation>旧范数 {value}</translation>
    </message>
    <message>
        <source>new {value}</source>
        <translation>新值 {value}</translation>
    </message>
    <message>
        <source>new norm {value}</source>
        <translation>新范数 {value}</translation>
    </message>
    <message>
        <source>What is compared with</source>
        <translation>比较的基准</translation>
    </message>
    <message>
        <source>How much changed</source>
        <translation>变化了多少</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>变化的内容</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>The bar may take so much of the width: beneath it there is no room for the graph. The readout is as wide as a multiple of this, so that a number in it does not move the graph.</extracomment>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel comparing</source>
        <translation>取消比较</translation>
    </message>
    <message>
        <source>Compare no further; the next recording is compared again</source>
        <translation>不再继续比较；下一次记录会重新比较</translation>
    </message>
    <message>
        <source>The first {count} are listed.</source>
        <translation>只列出前 {count} 项。</translation>
    </message>
    <message>
        <source>Since {moment}</source>
        <translation>与 {moment} 相比</translation>
    </message>
    <message>
        <source>Since {moment}. Of {count} of its tensors only statistics are kept.</source>
        <translation>与 {moment} 相比。其中 {count} 个张量只保留了统计量。</translation>
    </message>
    <message>
        <source>Click to select this node</source>
        <extracomment>Above and below the rows, within the list. The id of the node that the user has chosen.</extracomment>
        <translation>点击以选择此节点</translation>
    </message>
    <message>
        <source>This node is not in the graph any more</source>
        <translation>此节点已不在图中</translation>
    </message>
    <message>
        <source>+ {node} came</source>
        <translation>+ 新增 {node}</translation>
    </message>
    <message>
        <source>− {node} went</source>
        <translation>− 移除 {node}</translation>
    </message>
    <message>
        <source>{node} in {group}</source>
        <translation>{group} 中的 {node}</translation>
    </message>
    <message>
        <source>by {difference}</source>
        <translation>相差 {difference}</translation>
    </message>
    <message>
        <source>difference {value}</source>
        <translation>差值 {value}</translation>
    </message>
    <message>
        <source>norm of the difference {value}</source>
        <translation>差的范数 {value}</translation>
    </message>
    <message>
        <source>beside the old one {value}</source>
        <translation>相对于旧值 {value}</translation>
    </message>
    <message>
        <source>verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>of</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>in</source>
        <extracomment>Where the graph has groups.</extracomment>
        <translation>所在</translation>
    </message>
    <message>
        <source>differences</source>
        <extracomment>The ways to compare, in fewer letters where the panel is narrow, and in fewer yet.</extracomment>
        <translation>差分</translation>
    </message>
    <message>
        <source>finite</source>
        <translation>有限</translation>
    </message>
    <message>
        <source>Is a recorded gradient right? It can be compared with torch.autograd.grad bit for bit, with finite differences in double precision and, for what is typed, with sympy. Select a node and press Check this node, or check all leaves.</source>
        <extracomment>More rows than this are not listed; differences come first then.</extracomment>
        <translation>记录的梯度对吗？可以与 torch.autograd.grad 逐位比较，与双精度的有限差分比较；对输入的表达式，还可以与 sympy 比较。选择一个节点并按“检验此节点”，或检验所有叶子。</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>检验的结论</translation>
    </message>
    <message>
        <source>Checked gradients</source>
        <translation>已检验的梯度</translation>
    </message>
    <message>
        <source>How it was compared</source>
        <translation>比较的方法</translation>
    </message>
    <message>
        <source>{done} of {total} checked, {turns}</source>
        <translation>已检验 {done}/{total}，{turns}</translation>
    </message>
    <message numerus="yes">
        <source>{shown} turns of work</source>
        <comment>{shown} turn of work</comment>
        <translation>
            <numerusform>{shown} 次计算</numerusform>
        </translation>
    </message>
    <message>
        <source>{node}, {method}: {verdict}</source>
        <translation>{node}，{method}：{verdict}</translation>
    </message>
    <message>
        <source>Searching…</source>
        <extracomment>Other recordings are searched when they have rested for so long. Other items are to be lit, or none. The bar is to be opened. The move that was asked for before the hits were there.</extracomment>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>{count} found</source>
        <extracomment>The rows that were open before the search.</extracomment>
        <translation>找到{count}个</translation>
    </message>
    <message>
        <source>in {group}</source>
        <extracomment>The largest share of the width that the names of groups take. The largest share of the width that names take. The room beside a name in its cell. The name of the group of each row; empty where the graph has no groups. The texts of names that have no room.</extracomment>
        <translation>在 {group} 中</translation>
    </message>
    <message>
        <source>difference {absolute}, relative {relative}</source>
        <translation>差值 {absolute}，相对差 {relative}</translation>
    </message>
    <message>
        <source>tolerance {tolerance}</source>
        <translation>容差 {tolerance}</translation>
    </message>
    <message>
        <source>Pause the training first</source>
        <translation>请先暂停训练</translation>
    </message>
    <message>
        <source>Compare what was recorded with the rest</source>
        <translation>把记录的梯度与其他方法的结果比较</translation>
    </message>
    <message>
        <source>There is no script of this graph: another program has built it in its own.</source>
        <translation>这个图没有脚本：它由另一个程序用自己的代码构建。</translation>
    </message>
    <message>
        <source>The script in plain PyTorch</source>
        <translation>纯 PyTorch 脚本</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>报告问题</translation>
    </message>
    <message>
        <source>This is all that the report holds. Nothing is sent: save it, and attach it where you tell of the problem. You can change it before, and describe above what happened.</source>
        <translation>这就是报告的全部内容。不会发送任何东西：请保存它，并在反馈问题的地方附上。在此之前你可以修改它，并在上方说明发生了什么。</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>已保存到 {path}</translation>
    </message>
    <message>
        <source>The report is in the clipboard.</source>
        <translation>报告已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Save the script as a file of Python</source>
        <translation>把脚本保存为 Python 文件</translation>
    </message>
    <message>
        <source>The script appears here once a model is built.</source>
        <translation>构建模型后，脚本会显示在这里。</translation>
    </message>
    <message>
        <source>Run, it prints the same losses.</source>
        <translation>运行它会打印出相同的损失。</translation>
    </message>
    <message>
        <source>Save the script</source>
        <translation>保存脚本</translation>
    </message>
    <message>
        <source>Runs of the same model with another optimizer or another seed, side by side. Add the current run, add it with another seed or optimizer, and press Compare.</source>
        <extracomment>A curve of more points than this is thinned; eight are drawn in every frame. Where no loss is above 0, so many powers of ten are shown. How often the numbers of the list follow.</extracomment>
        <translation>并排比较同一模型用不同优化器或不同随机种子的运行。添加当前运行，再用另一个种子或优化器添加一次，然后按“比较”。</translation>
    </message>
    <message>
        <source>Two to eight runs side by side. Only what has parameters can be trained.</source>
        <translation>并排比较二到八个运行。只有带参数的模型才能训练。</translation>
    </message>
    <message>
        <source>Train all runs from their initial weights, or stop them</source>
        <translation>让所有运行从初始权重开始训练，或停止它们</translation>
    </message>
    <message>
        <source>Add a run of the current model</source>
        <translation>添加当前模型的一个运行</translation>
    </message>
    <message>
        <source>This run, as it is set now</source>
        <translation>当前设置的运行</translation>
    </message>
    <message>
        <source>With another seed</source>
        <translation>换一个随机种子</translation>
    </message>
    <message>
        <source>With another optimizer</source>
        <translation>换一个优化器</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Take the selected run off the list</source>
        <translation>把选中的运行移出列表</translation>
    </message>
    <message>
        <source>The losses of the compared runs</source>
        <translation>各个运行的损失</translation>
    </message>
    <message>
        <source>press Compare</source>
        <translation>请按“比较”</translation>
    </message>
    <message>
        <source>add another run</source>
        <translation>请再添加一个运行</translation>
    </message>
    <message>
        <source>lowest: {run}</source>
        <translation>最低：{run}</translation>
    </message>
    <message>
        <source>step {step}</source>
        <extracomment>A condition: a function of the step, or of the step and the loss; or that the loss is not finite. The tensors of each kept pass take at most so many megabytes; of others the summaries stay.
----------
A notice whose cause is gone. Something was written to a file or the clipboard. It is known how the engine says now what it said in another language. Whether the tensors are those of another program, which builds and trains its own model. Whether that program may have ended long since, and a file has its tensors. The passes that such a program has kept, of which one is shown. The most steps that training does in a second; 0 is as many as can be. The id of the workspace that arranges the panels. What undo and redo would do, in words; empty where there is nothing. Whether the graph and one panel alone are shown, large, in front of a class. The code of the chosen language of the window; empty for that of the system. Whether the minimap is there where a part of the graph alone is in sight. Whether edges show the derivative of their end by their start. Whether the gradients of a step are hidden until they are asked for. The last step whose gradients were asked for. The number of the recorded pass that is shown, by which the engine knows its tensors. The tensors of that pass too large to be kept: they come of running the pass again. The position of the walk: backward steps from 1 on, the turn at 0, forward steps below. Whether the walk of another graph begins before its forward steps, or at the turn. Whether a recording is kept that others are compared with. What another window had open when it crashed; None once it is restored. The part of the graph that alone is shown in full; None for all of it. The nodes in a rectangle that was drawn over the graph. Where a way begins that is to be isolated; None where none was begun. Whether recorded gradients are being checked. The classifier&apos;s tests, step by step; the last is the newest. What a network of two inputs makes of the plane; None for any other model.</extracomment>
        <translation>第{step}步</translation>
    </message>
    <message>
        <source>step {step}, loss {loss}</source>
        <translation>第{step}步，损失 {loss}</translation>
    </message>
    <message>
        <source>This pass has run, with the gradient of its own program.</source>
        <translation>这次传播已经运行过，用的是它自己程序的梯度。</translation>
    </message>
    <message>
        <source>Leave out the gradient, or capture the loss before its backward pass.</source>
        <translation>请去掉梯度，或在反向传播之前捕获损失。</translation>
    </message>
    <message>
        <source>The graph of this pass is freed, or its tensors were changed since, so that no gradient can be found once more.</source>
        <translation>这次传播的计算图已释放，或其张量之后被改变，无法再次求梯度。</translation>
    </message>
    <message>
        <source>Check gradviz.capture(loss, params=model) before loss.backward().</source>
        <translation>请在 loss.backward() 之前检验 gradviz.capture(loss, params=model)。</translation>
    </message>
    <message>
        <source>There is no tensor to watch in this {type}.</source>
        <translation>这个 {type} 中没有可观察的张量。</translation>
    </message>
    <message>
        <source>Give the module that is trained, or a dict of names and tensors.</source>
        <translation>请给出要训练的模块，或名称与张量的字典。</translation>
    </message>
    <message>
        <source>gradviz could not record step {step}: {reason}</source>
        <translation>gradviz 无法记录第{step}步：{reason}</translation>
    </message>
    <message>
        <source>{setting} does not work.</source>
        <translation>{setting} 不可用。</translation>
    </message>
    <message>
        <source>Use a whole number from 1 on.</source>
        <translation>请用不小于 1 的整数。</translation>
    </message>
    <message>
        <source>{setting} is no condition.</source>
        <translation>{setting} 不是条件。</translation>
    </message>
    <message>
        <source>Use a function of the step, or &quot;nonfinite&quot;.</source>
        <translation>请用步数的函数，或 &quot;nonfinite&quot;。</translation>
    </message>
    <message>
        <source>with the first weights</source>
        <extracomment>Room above and beneath the target, as a part of its height.</extracomment>
        <translation>最初的权重</translation>
    </message>
    <message>
        <source>step</source>
        <extracomment>The lines of the grid are as faint as those of the window. Between texts, and between the numbers of an axis and its line. So many numbers stand at an axis, about. The axis of steps has whole numbers alone.
----------
An image to take away, in pixels. Left, right, bottom and top of a plot&apos;s range, in the units of its axes. What is read while there is nothing to plot, to be translated. Whether it shows a curve over x, which not every model is. The name of the vertical axis, to be translated. Whether it may come into sight by itself when training begins. The plot is drawn at most this often while it changes.</extracomment>
        <translation>步</translation>
    </message>
    <message>
        <source>How it is trained matters after a step.</source>
        <translation>训练方式只在训练若干步之后才有意义。</translation>
    </message>
    <message>
        <source>Add --at-step N.</source>
        <translation>请加上 --at-step N。</translation>
    </message>
    <message>
        <source>{name} = {value}, a recording in a file</source>
        <translation>{name} = {value}，文件中的记录</translation>
    </message>
    <message>
        <source>loss</source>
        <extracomment>The names of axes that are words; others are letters.</extracomment>
        <translation>损失</translation>
    </message>
    <message>
        <source>without a value, on the meta device</source>
        <translation>没有值，在 meta 设备上</translation>
    </message>
    <message>
        <source>There are {count} nodes {name}.</source>
        <translation>名为 {name} 的节点有{count}个。</translation>
    </message>
    <message>
        <source>Use {names}.</source>
        <translation>请用 {names}。</translation>
    </message>
    <message>
        <source>There is no node {name}.</source>
        <translation>没有节点 {name}。</translation>
    </message>
    <message>
        <source>See gradviz graph.</source>
        <translation>请看 gradviz graph。</translation>
    </message>
    <message>
        <source>What is taken at a point is not trained.</source>
        <translation>在一点处求的梯度不能训练。</translation>
    </message>
    <message>
        <source>Use a number from 0 on.</source>
        <translation>请用不小于 0 的数。</translation>
    </message>
    <message>
        <source>{model} is trained up to step {step} already.</source>
        <translation>{model} 已经训练到第{step}步。</translation>
    </message>
    <message>
        <source>Leave out how it is trained, or choose a later step.</source>
        <translation>请去掉训练方式，或选择更后的一步。</translation>
    </message>
    <message numerus="yes">
        <source>loss = {loss} after {count} steps</source>
        <comment>loss = {loss} after {count} step</comment>
        <translation>
            <numerusform>训练{count}步之后，损失 = {loss}</numerusform>
        </translation>
    </message>
    <message>
        <source>loss (log)</source>
        <extracomment>Whether the axis is logarithmic now: chosen so, or automatically.</extracomment>
        <translation>损失（对数）</translation>
    </message>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>start value</source>
        <translation>初始值</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>order of the gradient</source>
        <translation>梯度的阶数</translation>
    </message>
    <message>
        <source>direction of the gradient</source>
        <translation>梯度的方向</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>scheduler</source>
        <translation>调度器</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>optimizer&apos;s option</source>
        <translation>优化器选项</translation>
    </message>
    <message>
        <source>scheduler&apos;s option</source>
        <translation>调度器选项</translation>
    </message>
    <message>
        <source>number of steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>pace</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>memory of recordings</source>
        <translation>记录的内存</translation>
    </message>
    <message>
        <source>direction of the graph</source>
        <translation>图的方向</translation>
    </message>
    <message>
        <source>names of nodes</source>
        <translation>节点名称</translation>
    </message>
    <message>
        <source>This graph is written by hand: PyTorch made none of its nodes, so no line is known.</source>
        <translation>这张图是手写的：没有一个节点由 PyTorch 产生，因此不知道对应哪一行。</translation>
    </message>
    <message>
        <source>The model built another graph when it ran again, so it is not known which line made which node.</source>
        <translation>模型再次运行时构建了另一张图，因此不知道哪一行产生了哪个节点。</translation>
    </message>
    <message>
        <source>The graph is a leaf alone: no operation made it, so there is no line.</source>
        <translation>这张图只有一个叶子：它不是由运算产生的，因此没有对应的行。</translation>
    </message>
    <message>
        <source>This version of PyTorch does not tell which line made an operation.</source>
        <translation>这个版本的 PyTorch 不能说明哪一行产生了运算。</translation>
    </message>
    <message>
        <source>expression</source>
        <extracomment>Files that built-in models use beside their own. Frames that are there only because somebody listens. Outside of these, the program runs and not the model. By identity: a hash takes all the code. A code object by its identity (its hash takes all of it), and the instruction that ran. A typed model&apos;s own file is its expression, and not the file that runs expressions.</extracomment>
        <translation>表达式</translation>
    </message>
    <message>
        <source>model</source>
        <extracomment>The fields of a model with the name of their change, the most telling first. It is translated where it is shown.</extracomment>
        <translation>模型</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>train 2 to 8 runs side by side: models, optimizers and seeds</source>
        <translation>并排训练 2 到 8 个：不同的模型、优化器和随机种子</translation>
    </message>
    <message>
        <source>another model beside the first, such as a wider network; may be repeated</source>
        <translation>除第一个之外的另一个模型，例如更宽的网络；可以重复给出</translation>
    </message>
    <message>
        <source>seeds, such as 0,1,2: each is a run with each optimizer of --optimizer sgd,adam</source>
        <translation>随机种子，例如 0,1,2：每个种子与 --optimizer sgd,adam 中的每个优化器各训练一次</translation>
    </message>
    <message>
        <source>print one JSON object a line, the results last</source>
        <translation>每行输出一个 JSON 对象，结果在最后</translation>
    </message>
    <message>
        <source>comparing</source>
        <translation>正在比较</translation>
    </message>
    <message>
        <source>Name 2 to 8 runs, such as by --optimizer sgd,adam --seeds 0,1 or --with.</source>
        <translation>请给出 2 到 8 个，例如用 --optimizer sgd,adam --seeds 0,1 或 --with。</translation>
    </message>
    <message>
        <source>{model}, {run}</source>
        <translation>{model}，{run}</translation>
    </message>
    <message>
        <source>--seeds {text} is no list of seeds.</source>
        <translation>--seeds {text} 不是随机种子的列表。</translation>
    </message>
    <message>
        <source>Write whole numbers, such as 0,1,2.</source>
        <translation>请写整数，例如 0,1,2。</translation>
    </message>
    <message>
        <source>{run}: loss {loss}, {state}. Result: {equation}</source>
        <translation>{run}：损失 {loss}，{state}。结果：{equation}</translation>
    </message>
    <message>
        <source>The runs that are compared</source>
        <translation>参与比较的运行</translation>
    </message>
    <message>
        <source>Run {number}</source>
        <translation>运行 {number}</translation>
    </message>
    <message>
        <source>Not trained yet</source>
        <translation>尚未训练</translation>
    </message>
    <message>
        <source>{state} after {steps}</source>
        <translation>{state}，{steps}</translation>
    </message>
    <message numerus="yes">
        <source>{shown} steps</source>
        <comment>{shown} step</comment>
        <translation>
            <numerusform>{shown} 步</numerusform>
        </translation>
    </message>
    <message>
        <source>What training prints</source>
        <extracomment>Older lines are forgotten. Of every so many steps the last one&apos;s loss is printed, as in the tutorial.</extracomment>
        <translation>训练的输出</translation>
    </message>
    <message>
        <source>Every hundredth loss, and the result.</source>
        <translation>每一百步的损失，以及结果。</translation>
    </message>
    <message>
        <source>Forget these lines</source>
        <translation>清空这些行</translation>
    </message>
    <message>
        <source># From step {step} on as a new branch</source>
        <translation># 从第 {step} 步起为新分支</translation>
    </message>
    <message>
        <source>fit a model to sin(x) or another target, or to a file</source>
        <translation>让模型拟合 sin(x)、其他目标或文件</translation>
    </message>
    <message>
        <source>print one JSON object a line, the result last</source>
        <translation>每行输出一个 JSON 对象，结果在最后</translation>
    </message>
    <message>
        <source>Result: {equation}</source>
        <translation>结果：{equation}</translation>
    </message>
    <message>
        <source>Accuracy: {part:.1%} of {count} test images</source>
        <translation>准确率：{count}张测试图像中的{part:.1%}</translation>
    </message>
    <message>
        <source>Accuracy: {learnt:.1%} of {points} points, and {held:.1%} of {others} that are held out</source>
        <translation>准确率：{points}个数据点中的{learnt:.1%}，以及留出的{others}个中的{held:.1%}</translation>
    </message>
    <message>
        <source># {optimizer}, learning rate {rate}</source>
        <translation># {optimizer}，学习率 {rate}</translation>
    </message>
    <message>
        <source># {model}, seed {seed}, {optimizer}, learning rate {rate}</source>
        <translation># {model}，随机种子 {seed}，{optimizer}，学习率 {rate}</translation>
    </message>
    <message>
        <source>What a step does, in words and as a formula, will be here. Press → to take the first step, or click a node of the graph.</source>
        <translation>这里将用文字和公式说明每一步做了什么。按 → 走第一步，或点击图中的一个节点。</translation>
    </message>
    <message>
        <source>The model runs once more for it… &lt;a href=&quot;{link}&quot;&gt;Cancel&lt;/a&gt;</source>
        <translation>为此模型正在再运行一次…… &lt;a href=&quot;{link}&quot;&gt;取消&lt;/a&gt;</translation>
    </message>
    <message>
        <source>Not looked up: it was cancelled. &lt;a href=&quot;{link}&quot;&gt;Look it up&lt;/a&gt;</source>
        <translation>未查找：已取消。&lt;a href=&quot;{link}&quot;&gt;查找&lt;/a&gt;</translation>
    </message>
    <message>
        <source>The step in words</source>
        <extracomment>So many set equations are kept, far more than a model has different ones. The pass that the rule is of. The set pieces of equations of this rule and of earlier ones, by their text.</extracomment>
        <translation>用文字说明这一步</translation>
    </message>
    <message>
        <source>RULE</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>This formula stays as it is written: it has no form in mathematics.</source>
        <translation>这个公式保持代码的写法：它没有对应的数学形式。</translation>
    </message>
    <message>
        <source>Its turn in the forward pass has not come yet.</source>
        <translation>前向传播还没有轮到它。</translation>
    </message>
    <message>
        <source>Its turn in the backward pass has not come yet.</source>
        <translation>反向传播还没有轮到它。</translation>
    </message>
    <message>
        <source>A leaf adds up what arrives. It sends nothing on.</source>
        <translation>叶子把到达的梯度相加，不再向后传递。</translation>
    </message>
    <message>
        <source>Its signature: {code}</source>
        <translation>它的签名：{code}</translation>
    </message>
    <message>
        <source>as {name}</source>
        <translation>作为 {name}</translation>
    </message>
    <message>
        <source>local, for an upstream of ones</source>
        <translation>局部值（上游梯度全为 1）</translation>
    </message>
    <message>
        <source>result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>PyTorch&apos;s formula: {code}</source>
        <translation>PyTorch 的公式：{code}</translation>
    </message>
    <message>
        <source>ITS OWN BACKWARD</source>
        <translation>它自己的 backward</translation>
    </message>
    <message>
        <source>It calls what was saved: {code}</source>
        <translation>它这样称呼保存的内容：{code}</translation>
    </message>
    <message>
        <source>The expression and its derivative will be here, set as mathematics.</source>
        <extracomment>The graph of what was typed comes first: to find and set formulas keeps Python busy. A sum of more terms is shown with an ellipsis; its LaTeX is copied whole.</extracomment>
        <translation>这里将以数学排版显示表达式及其导数。</translation>
    </message>
    <message>
        <source>This model is code and no expression, so there is no formula of all of it. The rule of each of its steps is in the panel Explain.</source>
        <translation>这个模型是代码而不是表达式，因此没有整体的公式。每一步的规则见“讲解”面板。</translation>
    </message>
    <message>
        <source>Formulas</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Not all terms are shown; Copy as LaTeX has all of them.</source>
        <extracomment>The model, the mode and the loss whose formulas are shown, and the language of the notes.</extracomment>
        <translation>没有显示所有项；“复制为 LaTeX”包含全部。</translation>
    </message>
    <message>
        <source>Where gradients vanish, explode, are dead or not finite will be here. Type an expression, or choose a model.</source>
        <extracomment>In the order of the list; each is an action of the View menu too. More marked places than this are only counted: nobody reads them.</extracomment>
        <translation>这里将显示梯度在哪里消失、爆炸、死亡或非有限。请输入一个表达式，或选择一个模型。</translation>
    </message>
    <message>
        <source>Zeros</source>
        <extracomment>More layers than this scroll. The list of colours is whole in a narrow column too; the legend has all of a title.</extracomment>
        <translation>零</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>计时</translation>
    </message>
    <message>
        <source>Colour the graph by</source>
        <translation>图的着色依据</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>About the colours</source>
        <translation>关于颜色</translation>
    </message>
    <message>
        <source>First node that is not finite</source>
        <translation>第一个非有限的节点</translation>
    </message>
    <message>
        <source>The line that made it</source>
        <translation>产生它的源代码行</translation>
    </message>
    <message>
        <source>What is marked</source>
        <translation>标记的内容</translation>
    </message>
    <message>
        <source>Parameters without gradient</source>
        <translation>没有梯度的参数</translation>
    </message>
    <message>
        <source>Click to see why, in the Missing panel</source>
        <translation>点击以在“缺失”面板中查看原因</translation>
    </message>
    <message>
        <source>Where it begins, by layer</source>
        <translation>各层中开始的位置</translation>
    </message>
    <message>
        <source>Marked places</source>
        <translation>标记的位置</translation>
    </message>
    <message>
        <source>Vanishing below</source>
        <translation>消失：低于</translation>
    </message>
    <message>
        <source>A gradient whose norm is smaller is marked. At 1e−7 float32 tells 1 and 1 + gradient no longer apart: not even a learning rate of 1 changes a weight of 1.</source>
        <translation>范数更小的梯度会被标记。在 1e−7 处，float32 已分不清 1 和 1 + 梯度：即使学习率为 1，也改变不了大小为 1 的权重。</translation>
    </message>
    <message>
        <source>Exploding above</source>
        <translation>爆炸：高于</translation>
    </message>
    <message>
        <source>A gradient whose norm is larger is marked. At 1e7 even a learning rate of 1e−7 moves a weight by more than 1.</source>
        <translation>范数更大的梯度会被标记。在 1e7 处，即使学习率为 1e−7，权重的变化也超过 1。</translation>
    </message>
    <message>
        <source>Dead from so many zeros</source>
        <translation>零达到此比例即为死亡</translation>
    </message>
    <message>
        <source>A gradient with this share of zeros or more is marked. At 100 % nothing at all passes; pooling, indexing and embeddings rightly send on many zeros.</source>
        <translation>零的比例达到此值的梯度会被标记。100 % 时什么也传不过去；池化、索引和嵌入传递许多零是正常的。</translation>
    </message>
    <message>
        <source>Usual thresholds</source>
        <translation>默认阈值</translation>
    </message>
    <message>
        <source>Use 1e−7, 1e7 and 100 % again</source>
        <translation>恢复为 1e−7、1e7 和 100 %</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
    <message>
        <source>Dead from</source>
        <translation>死亡：达到</translation>
    </message>
    <message>
        <source>First not finite: {node}, forwards</source>
        <translation>最先非有限：{node}（前向）</translation>
    </message>
    <message>
        <source>First not finite: {node}, backwards</source>
        <translation>最先非有限：{node}（反向）</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}。</translation>
    </message>
    <message>
        <source>Click to select it.</source>
        <translation>点击以选择它。</translation>
    </message>
    <message>
        <source>{count} non-finite</source>
        <translation>{count} 个非有限</translation>
    </message>
    <message>
        <source>{count} exploding</source>
        <translation>{count} 个爆炸</translation>
    </message>
    <message>
        <source>{count} dead</source>
        <translation>{count} 个死亡</translation>
    </message>
    <message>
        <source>{count} vanishing</source>
        <translation>{count} 个消失</translation>
    </message>
    <message numerus="yes">
        <source>No place is marked: {shown} nodes are healthy or have no gradient.</source>
        <comment>No place is marked: {shown} node is healthy or has no gradient.</comment>
        <translation>
            <numerusform>没有标记的位置：{shown} 个节点健康或没有梯度。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of {shown} nodes: {verdicts}.</source>
        <comment>Of {shown} node: {verdicts}.</comment>
        <translation>
            <numerusform>{shown} 个节点中：{verdicts}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{some} of {all} parameters without gradient</source>
        <comment>{some} of {all} parameter without gradient</comment>
        <translation>
            <numerusform>{all} 个参数中 {some} 个没有梯度</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} never trained</source>
        <translation>{count} 个从不训练</translation>
    </message>
    <message>
        <source>From {node} in {layer}</source>
        <translation>从 {layer} 中的 {node} 开始</translation>
    </message>
    <message>
        <source>From {node}</source>
        <translation>从 {node} 开始</translation>
    </message>
    <message>
        <source>dead, {share} zeros</source>
        <translation>死亡，零占 {share}</translation>
    </message>
    <message>
        <source>not finite</source>
        <translation>非有限</translation>
    </message>
    <message>
        <source>not finite: {nan} NaN, {infinite} infinite</source>
        <translation>非有限：{nan} 个 NaN，{infinite} 个无穷</translation>
    </message>
    <message>
        <source>exploding, norm {norm}</source>
        <translation>爆炸，范数 {norm}</translation>
    </message>
    <message>
        <source>vanishing, norm {norm}</source>
        <translation>消失，范数 {norm}</translation>
    </message>
    <message>
        <source>What a classifier makes of images will be here. Choose the model “Image classifier”.</source>
        <translation>这里将显示分类器对图像的判断。请选择模型“图像分类器”。</translation>
    </message>
    <message>
        <source>accuracy (%)</source>
        <translation>准确率 (%)</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Data folder…</source>
        <translation>数据文件夹…</translation>
    </message>
    <message>
        <source>Train on the four files of FashionMNIST in a folder of yours</source>
        <translation>用你的文件夹中 FashionMNIST 的四个文件训练</translation>
    </message>
    <message>
        <source>Drawn shapes</source>
        <translation>绘制的形状</translation>
    </message>
    <message>
        <source>Train on shapes that are drawn here, without any file</source>
        <translation>用这里绘制的形状训练，不需要文件</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Accuracy over the steps, in per cent</source>
        <translation>各步的准确率（百分比）</translation>
    </message>
    <message>
        <source>accuracy {share:.1%}</source>
        <translation>准确率{share:.1%}</translation>
    </message>
    <message>
        <source>of {tested} at step {step}</source>
        <translation>共 {tested} 张，第 {step} 步</translation>
    </message>
    <message>
        <source>{title}: {learned} to learn from, {tested} to test</source>
        <translation>{title}：{learned} 张用于学习，{tested} 张用于测试</translation>
    </message>
    <message>
        <source>point at an image</source>
        <translation>请指向一张图像</translation>
    </message>
    <message>
        <source>{guess}, truly {true}: {chances}</source>
        <translation>{guess}，实际为 {true}：{chances}</translation>
    </message>
    <message>
        <source>sum so far</source>
        <extracomment>The sum is what the table is for. A node that is no leaf has no sums here.</extracomment>
        <translation>目前的和</translation>
    </message>
    <message>
        <source>brings</source>
        <translation>带来</translation>
    </message>
    <message>
        <source>from</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>ACCUMULATION</source>
        <translation>累加</translation>
    </message>
    <message>
        <source>What each edge brings</source>
        <translation>每条边带来的梯度</translation>
    </message>
    <message>
        <source>What has arrived so far</source>
        <translation>目前已到达的梯度</translation>
    </message>
    <message>
        <source>along edge {edge}</source>
        <extracomment>The arrivals found last: a step of the walk leaves them as they are.</extracomment>
        <translation>沿边 {edge}</translation>
    </message>
    <message>
        <source>All contributions have arrived: the sum is the gradient, {total}.</source>
        <translation>所有贡献都已到达：它们的和就是梯度 {total}。</translation>
    </message>
    <message numerus="yes">
        <source>All contributions have arrived: used {count} times, so a sum arrives.</source>
        <comment>All contributions have arrived: used {count} time, so a sum arrives.</comment>
        <translation>
            <numerusform>所有贡献都已到达：它被使用了 {count} 次，所以到达的是和。</numerusform>
        </translation>
    </message>
    <message>
        <source>{some} of {all} contributions have arrived: {total} so far.</source>
        <translation>{all} 个贡献中已到达 {some} 个：目前为 {total}。</translation>
    </message>
    <message>
        <source>{some} of {all} contributions have arrived: used {all} times, so a sum arrives.</source>
        <translation>{all} 个贡献中已到达 {some} 个：它被使用了 {all} 次，所以到达的是和。</translation>
    </message>
    <message>
        <source>0: no matrix product, convolution or attention</source>
        <extracomment>Only products and sums of these are counted.</extracomment>
        <translation>0：没有矩阵乘法、卷积或注意力</translation>
    </message>
    <message>
        <source>FLOPs forwards</source>
        <translation>前向 FLOPs</translation>
    </message>
    <message>
        <source>time forwards</source>
        <translation>前向时间</translation>
    </message>
    <message>
        <source>time backwards</source>
        <translation>反向时间</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Group</source>
        <extracomment>Longer lists are cut, and say so.</extracomment>
        <translation>分组</translation>
    </message>
    <message>
        <source>Operations and time</source>
        <translation>运算量和时间</translation>
    </message>
    <message>
        <source>Gradient in</source>
        <translation>传入的梯度</translation>
    </message>
    <message>
        <source>Gradient out</source>
        <translation>传出的梯度</translation>
    </message>
    <message>
        <source>Enters forwards</source>
        <translation>前向传入的值</translation>
    </message>
    <message>
        <source>not in the recorded backward pass</source>
        <translation>不在记录的反向传播中</translation>
    </message>
    <message>
        <source>backward step {step} of {steps}</source>
        <translation>反向第 {step}/{steps} 步</translation>
    </message>
    <message>
        <source>{done} of {all} in this group</source>
        <translation>此分组内 {done}/{all}</translation>
    </message>
    <message>
        <source>call</source>
        <translation>调用序号</translation>
    </message>
    <message>
        <source>called at</source>
        <translation>调用处</translation>
    </message>
    <message>
        <source>nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>{numbers} in {tensors} · {size}</source>
        <translation>{numbers}（{tensors} 个张量） · {size}</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>saved tensors</source>
        <translation>保存的张量</translation>
    </message>
    <message>
        <source>values</source>
        <translation>值</translation>
    </message>
    <message>
        <source>from {node}</source>
        <translation>来自 {node}</translation>
    </message>
    <message>
        <source>to {node}</source>
        <translation>传向 {node}</translation>
    </message>
    <message>
        <source>sum at {node} {name}, of {count}:</source>
        <extracomment>Of longer sums the first and the last so many are told.</extracomment>
        <translation>在 {node} {name} 处求和，共{count}项：</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>还有 {count} 个</translation>
    </message>
    <message>
        <source>edge {edge} from {name}: {value}</source>
        <translation>边 {edge}，来自 {name}：{value}</translation>
    </message>
    <message>
        <source>{edge}, sum so far {total}</source>
        <translation>{edge}，目前的和{total}</translation>
    </message>
    <message>
        <source>Copy</source>
        <extracomment>Where a panel is too narrow for a number, it is cut and not the name. What the keys of the card move its chosen row by.
----------
English, `marked` in the classes beneath.</extracomment>
        <translation>复制</translation>
    </message>
    <message>
        <source>Show tensor</source>
        <translation>显示张量</translation>
    </message>
    <message>
        <source>Double-click to show all values</source>
        <extracomment>The language of the shown rows.</extracomment>
        <translation>双击以显示所有值</translation>
    </message>
    <message>
        <source>Names, shapes, gradients and saved tensors of a node will be here. Click a node of the graph, or press → to take the first step.</source>
        <extracomment>The microseconds of each group, forwards and backwards.</extracomment>
        <translation>这里将显示一个节点的名称、形状、梯度和保存的张量。点击图中的一个节点，或按 → 走第一步。</translation>
    </message>
    <message>
        <source>Measure times</source>
        <translation>测量时间</translation>
    </message>
    <message>
        <source>being measured</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>Measure how long each node takes, in a pass of its own</source>
        <translation>单独运行一次，测量每个节点所用的时间</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>A long name, `linear_relu_stack.0.weight`, breaks where it has a joint.</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>PyTorch&apos;s own name</source>
        <translation>PyTorch 中的名称</translation>
    </message>
    <message>
        <source>Node</source>
        <extracomment>Longer lists of values are folded to their statistics. In characters.</extracomment>
        <translation>节点</translation>
    </message>
    <message>
        <source>Fed by</source>
        <translation>输入来自</translation>
    </message>
    <message>
        <source>Saved for backward</source>
        <translation>为反向保存</translation>
    </message>
    <message>
        <source>forward step {step} of {steps}</source>
        <translation>前向第 {step}/{steps} 步</translation>
    </message>
    <message>
        <source>+ {names} came</source>
        <translation>+ 新增 {names}</translation>
    </message>
    <message>
        <source>− {names} went</source>
        <translation>− 移除 {names}</translation>
    </message>
    <message>
        <source>≠ {count} changed</source>
        <translation>≠ {count}个有变化</translation>
    </message>
    <message>
        <source>since {title}</source>
        <translation>与“{title}”相比</translation>
    </message>
    <message>
        <source>no change is seen</source>
        <translation>没有看到变化</translation>
    </message>
    <message>
        <source>at step {step}</source>
        <translation>第{step}步</translation>
    </message>
    <message>
        <source>computed by a backward pass: order {order}</source>
        <translation>由反向传播计算：{order}阶</translation>
    </message>
    <message>
        <source>{shape} {dtype} on {device}</source>
        <translation>{shape} {dtype}，位于 {device}</translation>
    </message>
    <message>
        <source>no value yet</source>
        <translation>尚无值</translation>
    </message>
    <message numerus="yes">
        <source>{shown} edges</source>
        <comment>{shown} edge</comment>
        <extracomment>No text of a picture lies there. Qt begins an element for each change of its pen, also where nothing is drawn by it. Of the picture all but nodes, edges and frames, which are chosen one by one. The places of each node, a leaf&apos;s for each use, with their numbers in the drawing.</extracomment>
        <translation>
            <numerusform>{shown}条边</numerusform>
        </translation>
    </message>
    <message>
        <source>shape {shape}</source>
        <translation>形状 {shape}</translation>
    </message>
    <message>
        <source>value {value}</source>
        <translation>值 {value}</translation>
    </message>
    <message>
        <source>gradient {value}</source>
        <translation>梯度 {value}</translation>
    </message>
    <message>
        <source>A double click, or Enter, will close it.</source>
        <translation>双击或按 Enter 可收起它。</translation>
    </message>
    <message>
        <source>A double click, or Enter, will open it.</source>
        <translation>双击或按 Enter 可展开它。</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 和另外{count}个</translation>
    </message>
    <message numerus="yes">
        <source>{shown} places</source>
        <comment>{shown} place</comment>
        <translation>
            <numerusform>{shown}处</numerusform>
        </translation>
    </message>
    <message>
        <source>∞ {number}: {names}, used at {places}</source>
        <translation>∞ {number}：{names}，用于 {places}</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>turn {turn} of {turns}</source>
        <translation>第 {turn}/{turns} 次</translation>
    </message>
    <message>
        <source>no gradient yet</source>
        <translation>尚无梯度</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>dtype</source>
        <translation>数据类型</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>No recording is kept to compare with.</source>
        <extracomment>So many elements are subtracted at a time: no copy of a whole large tensor is made. A slice of the comparison has so many tensors; other work runs between two of them.</extracomment>
        <translation>没有保留可供比较的记录。</translation>
    </message>
    <message>
        <source>Keep one first.</source>
        <translation>请先保留一个。</translation>
    </message>
    <message>
        <source>value</source>
        <extracomment>How many pairs of nodes have been compared.
----------
More curves than this cannot be told apart. With eight colours that stay apart for those who see fewer of them, ten curves differ twice.
----------
A tensor of one dimension is written in rows of so many values. Qt keeps something for every row and column, so that a table shows a part of larger tensors. A Window that is needed now; `take` answers it. The epoch whose values were asked for it.</extracomment>
        <translation>值</translation>
    </message>
    <message>
        <source>gradient sent on</source>
        <translation>传出的梯度</translation>
    </message>
    <message>
        <source>{gradient}, output {index}</source>
        <translation>{gradient}，输出{index}</translation>
    </message>
    <message>
        <source>there was none</source>
        <translation>原来没有</translation>
    </message>
    <message>
        <source>there is none any more</source>
        <translation>现在没有了</translation>
    </message>
    <message>
        <source>{old_dtype} on {old_device} → {new_dtype} on {new_device}</source>
        <translation>{old_device} 上的 {old_dtype} → {new_device} 上的 {new_dtype}</translation>
    </message>
    <message>
        <source>only statistics are left of one</source>
        <translation>其中一个只剩下统计量</translation>
    </message>
    <message>
        <source>forward value</source>
        <translation>前向值</translation>
    </message>
    <message>
        <source>saved {name}</source>
        <translation>保存的 {name}</translation>
    </message>
    <message>
        <source>{title}, not kept</source>
        <translation>{title}，未保留</translation>
    </message>
    <message>
        <source>gradient in from {names}</source>
        <translation>来自 {names} 的传入梯度</translation>
    </message>
    <message>
        <source>gradient in</source>
        <translation>传入梯度</translation>
    </message>
    <message>
        <source>{title} ({number})</source>
        <translation>{title}（{number}）</translation>
    </message>
    <message>
        <source>gradient out to {name}</source>
        <translation>传给 {name} 的梯度</translation>
    </message>
    <message>
        <source>made by</source>
        <translation>产生于</translation>
    </message>
    <message>
        <source>module</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>relative difference</source>
        <translation>相对差</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检验</translation>
    </message>
    <message>
        <source>min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>elements</source>
        <extracomment>The statistics as they are told; nan and std are called so everywhere.</extracomment>
        <translation>元素</translation>
    </message>
    <message>
        <source>infinite</source>
        <translation>无穷</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>print or save one tensor of a recorded pass</source>
        <translation>输出或保存记录中的一个张量</translation>
    </message>
    <message>
        <source>its id in gradviz graph, or the name of a leaf</source>
        <translation>gradviz graph 中的 id，或叶子的名称</translation>
    </message>
    <message>
        <source>which of the node&apos;s gradients (0)</source>
        <translation>节点的第几个梯度（0）</translation>
    </message>
    <message>
        <source>which saved tensor or buffer, such as self</source>
        <translation>哪个保存的张量或缓冲区，例如 self</translation>
    </message>
    <message>
        <source>what of a sparse or nested tensor, such as indices (default: its values)</source>
        <translation>稀疏或嵌套张量的哪一部分，例如 indices（默认：它的值）</translation>
    </message>
    <message>
        <source>how many values are printed, in C order (default {usual})</source>
        <translation>输出多少个值，按 C 顺序（默认 {usual}）</translation>
    </message>
    <message>
        <source>write the whole for NumPy</source>
        <translation>把整个张量写成 NumPy 文件</translation>
    </message>
    <message>
        <source>memory for the tensors of a pass; larger ones are computed again ({usual})</source>
        <translation>一次传播的张量可用的内存；更大的会重新计算（{usual}）</translation>
    </message>
    <message>
        <source>one of {names}</source>
        <translation>{names} 之一</translation>
    </message>
    <message>
        <source>{count} values cannot be printed.</source>
        <translation>无法输出{count}个值。</translation>
    </message>
    <message>
        <source>There are no such values.</source>
        <translation>没有这些值。</translation>
    </message>
    <message>
        <source>--memory cannot be negative.</source>
        <translation>--memory 不能为负。</translation>
    </message>
    <message>
        <source>Use a number of megabytes.</source>
        <translation>请用兆字节数。</translation>
    </message>
    <message>
        <source>Choose another tensor.</source>
        <translation>请选择另一个张量。</translation>
    </message>
    <message>
        <source>films as MP4</source>
        <extracomment>A part that is absent is missed by nothing but what it is for. The libraries without which gradviz does not work, and the first release of each that does. By the name of the extra: the library that it brings, and what that is for.</extracomment>
        <translation>MP4 影片</translation>
    </message>
    <message>
        <source>files of ONNX</source>
        <translation>ONNX 文件</translation>
    </message>
    <message>
        <source>gradviz {version} in {folder}.</source>
        <translation>gradviz {version}，位于 {folder}。</translation>
    </message>
    <message>
        <source>devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Install the packages that bring them; on Debian and Ubuntu: {command}</source>
        <translation>请安装提供它们的软件包；在 Debian 和 Ubuntu 上：{command}</translation>
    </message>
    <message>
        <source>libraries of Qt</source>
        <translation>Qt 的库</translation>
    </message>
    <message>
        <source>Install one, such as DejaVu: apt install fonts-dejavu-core</source>
        <translation>请安装一种字体，例如 DejaVu：apt install fonts-dejavu-core</translation>
    </message>
    <message>
        <source>fonts</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>Run: {command}</source>
        <translation>请运行：{command}</translation>
    </message>
    <message>
        <source>Python {version} is too old.</source>
        <translation>Python {version} 太旧。</translation>
    </message>
    <message>
        <source>Install Python 3.11.</source>
        <translation>请安装 Python 3.11。</translation>
    </message>
    <message>
        <source>Python {version}, {path}.</source>
        <translation>Python {version}，{path}。</translation>
    </message>
    <message>
        <source>name</source>
        <extracomment>What the step did is first: where not all columns have room, the last ones are scrolled to.</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>No other package has the name gradviz here.</source>
        <translation>这里没有别的软件包叫 gradviz。</translation>
    </message>
    <message>
        <source>{library} is not installed.</source>
        <translation>没有安装 {library}。</translation>
    </message>
    <message>
        <source>{library} {version} is older than {first}.</source>
        <translation>{library} {version} 早于 {first}。</translation>
    </message>
    <message>
        <source>{library} {version}.</source>
        <translation>{library} {version}。</translation>
    </message>
    <message>
        <source>PyTorch {version} differentiates.</source>
        <translation>PyTorch {version} 能够求导。</translation>
    </message>
    <message>
        <source>Computations start on {devices}.</source>
        <translation>可以在 {devices} 上开始计算。</translation>
    </message>
    <message>
        <source>They cannot be looked up here.</source>
        <translation>这里无法查找它们。</translation>
    </message>
    <message>
        <source>the system has no {libraries}</source>
        <translation>系统缺少 {libraries}</translation>
    </message>
    <message>
        <source>The system has all libraries that Qt needs.</source>
        <translation>系统具备 Qt 需要的所有库。</translation>
    </message>
    <message numerus="yes">
        <source>{count} families of fonts.</source>
        <comment>{count} family of fonts.</comment>
        <translation>
            <numerusform>{count}个字体系列。</numerusform>
        </translation>
    </message>
    <message>
        <source>{format} files</source>
        <translation>{format} 文件</translation>
    </message>
    <message>
        <source>{title}: {size} bytes were written.</source>
        <translation>{title}：写入了{size}字节。</translation>
    </message>
    <message>
        <source>display</source>
        <translation>显示器</translation>
    </message>
    <message>
        <source>There is no display to open a window on; the command line works without one.</source>
        <translation>没有可以打开窗口的显示器；命令行不需要它。</translation>
    </message>
    <message>
        <source>Set DISPLAY, or log in with ssh -X.</source>
        <translation>请设置 DISPLAY，或用 ssh -X 登录。</translation>
    </message>
    <message>
        <source>The display does not answer.</source>
        <translation>显示器没有响应。</translation>
    </message>
    <message>
        <source>Set another DISPLAY.</source>
        <translation>请设置另一个 DISPLAY。</translation>
    </message>
    <message>
        <source>Qt ended.</source>
        <translation>Qt 已结束。</translation>
    </message>
    <message>
        <source>A window cannot be opened: {reason}</source>
        <translation>无法打开窗口：{reason}</translation>
    </message>
    <message>
        <source>Set another DISPLAY, or install the libraries that are named above.</source>
        <translation>请设置另一个 DISPLAY，或安装上面列出的库。</translation>
    </message>
    <message>
        <source>A window can be opened.</source>
        <translation>可以打开窗口。</translation>
    </message>
    <message>
        <source>{library} {version}, for {use}.</source>
        <translation>{library} {version}，用于{use}。</translation>
    </message>
    <message>
        <source>{library} is not installed; it is for {use}.</source>
        <translation>没有安装 {library}；它用于{use}。</translation>
    </message>
    <message>
        <source>grad ‖·‖</source>
        <translation>梯度 ‖·‖</translation>
    </message>
    <message>
        <source>÷ weight</source>
        <translation>÷ 权重</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>零</translation>
    </message>
    <message>
        <source>PARAMETERS, WHOLE PASS</source>
        <translation>参数，整次传播</translation>
    </message>
    <message>
        <source>Parameters of the group</source>
        <translation>分组的参数</translation>
    </message>
    <message>
        <source>The layers of a network will be here. Type them where an expression is typed, such as {network}, or begin with these.</source>
        <translation>这里将显示网络的各层。可在输入表达式的地方输入它们，例如 {network}，也可以从下面这些开始。</translation>
    </message>
    <message>
        <source>The layers from x to y; Delete takes one away, Alt+↑ and Alt+↓ move it</source>
        <translation>从 x 到 y 的各层；Delete 删除一层，Alt+↑ 和 Alt+↓ 移动它</translation>
    </message>
    <message>
        <source>Begin with these layers</source>
        <translation>从这些层开始</translation>
    </message>
    <message>
        <source>Kind of the layer</source>
        <translation>层的种类</translation>
    </message>
    <message>
        <source>Add a layer behind the selected one</source>
        <translation>在选中的层后面添加一层</translation>
    </message>
    <message>
        <source>Take the selected layer away</source>
        <translation>删除选中的层</translation>
    </message>
    <message>
        <source>Move the selected layer towards x</source>
        <translation>把选中的层移向 x</translation>
    </message>
    <message>
        <source>Move the selected layer towards y</source>
        <translation>把选中的层移向 y</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>replaced in forward</source>
        <translation>在 forward 中被替换</translation>
    </message>
    <message>
        <source>detached</source>
        <translation>已分离</translation>
    </message>
    <message>
        <source>whole numbers</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>not a leaf</source>
        <translation>不是叶子</translation>
    </message>
    <message>
        <source>requires_grad is False</source>
        <translation>requires_grad 为 False</translation>
    </message>
    <message>
        <source>custom Function</source>
        <translation>自定义 Function</translation>
    </message>
    <message>
        <source>left PyTorch</source>
        <translation>离开了 PyTorch</translation>
    </message>
    <message>
        <source>reason not seen</source>
        <translation>原因不明</translation>
    </message>
    <message>
        <source>why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Click to select it</source>
        <translation>点击以选择它</translation>
    </message>
    <message>
        <source>Which gradients are None</source>
        <extracomment>The rows with their groups that are shown, and their language.</extracomment>
        <translation>哪些梯度为 None</translation>
    </message>
    <message>
        <source>Gradients that are None</source>
        <translation>为 None 的梯度</translation>
    </message>
    <message>
        <source>Why this gradient is None</source>
        <translation>这个梯度为何是 None</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Run the model once more for the reasons</source>
        <translation>再运行一次模型以查找原因</translation>
    </message>
    <message>
        <source>Search no further than the pass that runs</source>
        <translation>完成正在运行的这次传播后不再查找</translation>
    </message>
    <message>
        <source>In no parameters(), so never trained: {names}.</source>
        <translation>不在任何 parameters() 中，因此从不训练：{names}。</translation>
    </message>
    <message numerus="yes">
        <source>None is missing: each of the {shown} parameters and inputs has a gradient.</source>
        <comment>None is missing: the {shown} parameter or input has a gradient.</comment>
        <translation>
            <numerusform>没有缺失：{shown} 个参数和输入都有梯度。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{some} of {all} parameters and inputs have no gradient.</source>
        <comment>{some} of {all} parameters and inputs has no gradient.</comment>
        <translation>
            <numerusform>{all} 个参数和输入中有 {some} 个没有梯度。</numerusform>
        </translation>
    </message>
    <message>
        <source>{reason}, line {line}</source>
        <translation>{reason}，第 {line} 行</translation>
    </message>
    <message>
        <source>&lt;b&gt;What to do:&lt;/b&gt; {hint}</source>
        <translation>&lt;b&gt;怎么办：&lt;/b&gt;{hint}</translation>
    </message>
    <message>
        <source>{title}. {summary}</source>
        <translation>{title}。{summary}</translation>
    </message>
    <message>
        <source>What it starts at: type a number and press Enter; empty, it is drawn from the seed</source>
        <extracomment>More parameters than this are counted rather than listed. Numbers that change are not read more often.</extracomment>
        <translation>它的初始值：输入一个数并按 Enter；留空则由随机种子生成</translation>
    </message>
    <message>
        <source>Use a finite number, such as 0.3.</source>
        <translation>请使用有限的数，例如 0.3。</translation>
    </message>
    <message>
        <source>Reset the training to let it start at another value</source>
        <translation>要从另一个值开始，请先重置训练</translation>
    </message>
    <message>
        <source>Step of these results</source>
        <translation>这些结果所在的步</translation>
    </message>
    <message>
        <source>Drag it along the curve: the gradient is taken there</source>
        <extracomment>A dragged input is rounded to so many decimal places.</extracomment>
        <translation>沿曲线拖动它：梯度就在该处计算</translation>
    </message>
    <message>
        <source>first weights</source>
        <extracomment>Room above and beneath the target, as a part of its height. The names of the curves: English in exported data, and translated where they are shown.</extracomment>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>tangent</source>
        <translation>切线</translation>
    </message>
    <message>
        <source>This model is no curve over x. A classifier&apos;s guesses are in the panel Images, those of a network of two inputs in Plane.</source>
        <extracomment>A longer name of the target is cut.</extracomment>
        <translation>这个模型不是关于 x 的曲线。分类器的猜测在“图像”面板中，双输入网络的猜测在“平面”面板中。</translation>
    </message>
    <message>
        <source>The curve of y will be here, over the target.</source>
        <translation>这里将显示 y 的曲线，与目标叠放在一起。</translation>
    </message>
    <message>
        <source>╌ with the first weights</source>
        <extracomment>The point where the gradient is taken, for the mouse to move along the curve.</extracomment>
        <translation>╌ 使用初始权重</translation>
    </message>
    <message>
        <source>of {moment}</source>
        <translation>{moment}的模型</translation>
    </message>
    <message>
        <source>╌ ● slope {slope} = {value} at {input} = {place}</source>
        <translation>╌ ● 在 {input} = {place} 处斜率 {slope} = {value}</translation>
    </message>
    <message>
        <source>over {input}, where {values}</source>
        <translation>关于 {input}，其中 {values}</translation>
    </message>
    <message>
        <source>The result appears here once a model is built.</source>
        <translation>构建模型后，结果会显示在这里。</translation>
    </message>
    <message>
        <source>{name} has been trained since it started.</source>
        <translation>{name} 从初始值开始后已经训练过。</translation>
    </message>
    <message>
        <source>Reset the training to let it start at another value.</source>
        <translation>要从另一个值开始，请先重置训练。</translation>
    </message>
    <message>
        <source>Enter takes the number, Escape leaves it</source>
        <translation>按 Enter 采用这个数，按 Esc 放弃</translation>
    </message>
    <message>
        <source>Why the number is refused</source>
        <translation>不接受这个数的原因</translation>
    </message>
    <message>
        <source>{name} cannot start at “{text}”.</source>
        <translation>{name} 不能从“{text}”开始。</translation>
    </message>
    <message>
        <source>Show the lines of libraries too, such as torch.nn</source>
        <translation>也显示库中的行，例如 torch.nn</translation>
    </message>
    <message>
        <source>No line of the model itself made this node: tick Libraries to see which did.</source>
        <translation>这个节点不是由模型自己的代码行产生的：勾选“库”可查看是哪一行。</translation>
    </message>
    <message>
        <source>Lines of libraries made all nodes: tick Libraries to see them.</source>
        <translation>所有节点都由库中的行产生：勾选“库”可查看它们。</translation>
    </message>
    <message>
        <source>No line of the model itself made this group: its nodes are of libraries.</source>
        <translation>这个分组不是由模型自己的代码行产生的：它的节点来自库。</translation>
    </message>
    <message>
        <source>A leaf is not computed: it is there before the model runs.</source>
        <translation>叶子不是计算出来的：模型运行之前它就存在。</translation>
    </message>
    <message>
        <source>made by its backward</source>
        <translation>由它的反向传播产生</translation>
    </message>
    <message>
        <source>File</source>
        <extracomment>The lines that made the chosen group.</extracomment>
        <translation>文件</translation>
    </message>
    <message>
        <source>The file whose lines are shown</source>
        <translation>显示其代码行的文件</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>库</translation>
    </message>
    <message>
        <source>The code that made the graph</source>
        <translation>产生这个图的代码</translation>
    </message>
    <message>
        <source>Lines that were running</source>
        <translation>当时运行的行</translation>
    </message>
    <message>
        <source>The lines that were running when the node was made, the innermost first</source>
        <translation>产生节点时正在运行的行，最内层的在前</translation>
    </message>
    <message>
        <source>Run the model once more for its lines</source>
        <translation>再运行一次模型以查找它的代码行</translation>
    </message>
    <message>
        <source>Search for no lines of this graph</source>
        <translation>不再查找这个图的代码行</translation>
    </message>
    <message>
        <source>What was typed</source>
        <translation>输入的内容</translation>
    </message>
    <message>
        <source>Select a node to see its line, or click a line to mark its nodes.</source>
        <translation>选择节点可查看它的代码行，点击代码行可标记它的节点。</translation>
    </message>
    <message>
        <source>of {module}</source>
        <translation>属于 {module}</translation>
    </message>
    <message numerus="yes">
        <source>{shown} lines</source>
        <comment>{shown} line</comment>
        <translation>
            <numerusform>{shown} 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} files</source>
        <comment>{shown} file</comment>
        <translation>
            <numerusform>{shown} 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>{lines} in {files} made this group</source>
        <translation>{files}中的{lines}产生了这个分组</translation>
    </message>
    <message>
        <source>{lines} of {file} made this group</source>
        <translation>{file} 的{lines}产生了这个分组</translation>
    </message>
    <message>
        <source>{function} in {file}</source>
        <translation>{file} 中的 {function}</translation>
    </message>
    <message>
        <source>Copy the whole text</source>
        <translation>复制全部文本</translation>
    </message>
    <message>
        <source>{label}: {title}</source>
        <translation>{label}：{title}</translation>
    </message>
    <message>
        <source>line {line}: {problem}</source>
        <extracomment>So many known names are listed; of more, those that are most like the unknown one.</extracomment>
        <translation>第 {line} 行：{problem}</translation>
    </message>
    <message>
        <source>This is no TOML: {problem}.</source>
        <translation>这不是 TOML：{problem}。</translation>
    </message>
    <message>
        <source>See docs/lessons.md for a lesson to begin with.</source>
        <translation>可参考 docs/lessons.md 中的示例课程。</translation>
    </message>
    <message>
        <source>The lesson</source>
        <extracomment>The line at which each step begins, counted from 0.</extracomment>
        <translation>课程</translation>
    </message>
    <message>
        <source>The lesson has no {key}.</source>
        <translation>课程没有 {key}。</translation>
    </message>
    <message>
        <source>Write {key} = &quot;…&quot; above the first step.</source>
        <translation>请在第一步之前写上 {key} = &quot;…&quot;。</translation>
    </message>
    <message>
        <source>The lesson&apos;s part is {part}.</source>
        <translation>课程的 part 是 {part}。</translation>
    </message>
    <message>
        <source>The place is no whole number.</source>
        <translation>place 不是整数。</translation>
    </message>
    <message>
        <source>Write place = 1.</source>
        <translation>请写成 place = 1。</translation>
    </message>
    <message>
        <source>The start</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>Begin each with a line [[step]].</source>
        <translation>每一步都以一行 [[step]] 开头。</translation>
    </message>
    <message>
        <source>The lesson has no step.</source>
        <translation>课程没有步骤。</translation>
    </message>
    <message>
        <source>Step {number}</source>
        <translation>第 {number} 步</translation>
    </message>
    <message>
        <source>{owner} is no table.</source>
        <translation>{owner}不是表。</translation>
    </message>
    <message>
        <source>Begin it with a line [[step]].</source>
        <translation>请以一行 [[step]] 开头。</translation>
    </message>
    <message>
        <source>{owner} has no text.</source>
        <translation>{owner}没有 text。</translation>
    </message>
    <message>
        <source>Write text = &quot;…&quot;.</source>
        <translation>请写上 text = &quot;…&quot;。</translation>
    </message>
    <message>
        <source>{owner}: {key} is wrong.</source>
        <translation>{owner}：{key} 有误。</translation>
    </message>
    <message>
        <source>{owner} points at {count} places.</source>
        <translation>{owner}指向 {count} 处。</translation>
    </message>
    <message>
        <source>Leave one of them.</source>
        <translation>请只保留一处。</translation>
    </message>
    <message>
        <source>{owner}: {key} is no table.</source>
        <translation>{owner}：{key} 不是表。</translation>
    </message>
    <message>
        <source>Write {key} = {{…}}.</source>
        <translation>请写成 {key} = {{…}}。</translation>
    </message>
    <message>
        <source>{owner}: nothing brings about “{name}” by itself.</source>
        <translation>{owner}：没有操作能直接达成“{name}”。</translation>
    </message>
    <message>
        <source>Say in solution = {solution} which settings do.</source>
        <translation>请在 solution = {solution} 中说明用哪些设置达成。</translation>
    </message>
    <message>
        <source>{owner}: {key} has {setting}.</source>
        <translation>{owner}：{key} 中有 {setting}。</translation>
    </message>
    <message>
        <source>A text in quotes is wanted.</source>
        <translation>这里需要带引号的文本。</translation>
    </message>
    <message>
        <source>There is no such file beside the lesson.</source>
        <translation>课程旁边没有这个文件。</translation>
    </message>
    <message>
        <source>A number is wanted.</source>
        <translation>这里需要一个数。</translation>
    </message>
    <message>
        <source>A whole number is wanted.</source>
        <translation>这里需要一个整数。</translation>
    </message>
    <message>
        <source>It can be true alone; leave it out otherwise.</source>
        <translation>它只能是 true；否则请省略。</translation>
    </message>
    <message>
        <source>Numbers by name are wanted, such as {example}.</source>
        <translation>这里需要按名称给出的数，例如 {example}。</translation>
    </message>
    <message>
        <source>{owner} has “{name}”, which is not known.</source>
        <translation>{owner}中有未知的“{name}”。</translation>
    </message>
    <message>
        <source>Perhaps {first} is meant.</source>
        <translation>也许是指 {first}。</translation>
    </message>
    <message>
        <source>Perhaps {first} or {second} is meant.</source>
        <translation>也许是指 {first} 或 {second}。</translation>
    </message>
    <message>
        <source>Perhaps {first} or {second} or {third} is meant.</source>
        <translation>也许是指 {first}、{second} 或 {third}。</translation>
    </message>
    <message>
        <source>Known are {names} and {count} more.</source>
        <translation>已知的有 {names}，以及另外 {count} 个。</translation>
    </message>
    <message>
        <source>Known are {names}.</source>
        <translation>已知的有 {names}。</translation>
    </message>
    <message>
        <source>There is no lesson “{name}”.</source>
        <extracomment>The language that every lesson is written in. The folder beside those of the languages with the Python files that lessons open.</extracomment>
        <translation>没有名为“{name}”的课程。</translation>
    </message>
    <message>
        <source>`gradviz lesson --list` names them all.</source>
        <translation>`gradviz lesson --list` 会列出所有课程。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {problem}</source>
        <translation>{file}，第 {line} 行：{problem}</translation>
    </message>
    <message>
        <source>The lesson {name} cannot be read: {problem}.</source>
        <translation>无法读取课程 {name}：{problem}。</translation>
    </message>
    <message>
        <source>Give the path of a file, or a name that `gradviz lesson --list` shows.</source>
        <translation>请给出文件的路径，或 `gradviz lesson --list` 列出的名称。</translation>
    </message>
    <message>
        <source>The lesson {name} is no text in UTF-8.</source>
        <translation>课程 {name} 不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Save it as UTF-8 in your editor.</source>
        <translation>请在编辑器中将它保存为 UTF-8。</translation>
    </message>
    <message numerus="yes">
        <source>{count} gradients</source>
        <comment>{count} gradient</comment>
        <extracomment>All values are there, and no gradient. The step after which all that leaves is known; never where nothing does.</extracomment>
        <translation>
            <numerusform>{count}个梯度</numerusform>
        </translation>
    </message>
    <message>
        <source>A leaf: a parameter or an input.</source>
        <extracomment>The room of each sample.</extracomment>
        <translation>叶子：参数或输入。</translation>
    </message>
    <message>
        <source>An operation, with its name in the backward pass beside it.</source>
        <translation>一个运算，旁边是它在反向传播中的名称。</translation>
    </message>
    <message>
        <source>A torch.autograd.Function of a model&apos;s own.</source>
        <translation>模型自定义的 torch.autograd.Function。</translation>
    </message>
    <message>
        <source>The output, where the backward pass begins.</source>
        <translation>输出，反向传播从这里开始。</translation>
    </message>
    <message>
        <source>Made by a backward pass: the order is 2.</source>
        <translation>由反向传播生成：阶数为 2。</translation>
    </message>
    <message>
        <source>The node of the current step.</source>
        <translation>当前步的节点。</translation>
    </message>
    <message>
        <source>✓: the backward pass is done with it.</source>
        <translation>✓：反向传播已处理完它。</translation>
    </message>
    <message>
        <source>Dotted: the forward pass has not come there.</source>
        <translation>点线：前向传播尚未到达。</translation>
    </message>
    <message>
        <source>▸: a closed group, such as a call of a module.</source>
        <translation>▸：收起的分组，例如一次模块调用。</translation>
    </message>
    <message>
        <source>A fold: equal groups in a row as one box, and how many.</source>
        <translation>折叠：连续的相同分组合为一个方框，并标出数目。</translation>
    </message>
    <message>
        <source>▾: an open group is a frame around all within.</source>
        <translation>▾：展开的分组，是围住其内容的框架。</translation>
    </message>
    <message>
        <source>An edge: a tensor on its way forwards.</source>
        <translation>边：前向流动的张量。</translation>
    </message>
    <message>
        <source>A bundle: several edges between the same boxes.</source>
        <translation>一束边：相同两个方框之间的多条边。</translation>
    </message>
    <message>
        <source>The gradient that arrives in the current step.</source>
        <translation>当前步到达的梯度。</translation>
    </message>
    <message>
        <source>∂: the derivative of its end by its start.</source>
        <translation>∂：终点对起点的导数。</translation>
    </message>
    <message>
        <source>A gradient that waits for its node.</source>
        <translation>等待其节点处理的梯度。</translation>
    </message>
    <message>
        <source>A gradient that has been worked on.</source>
        <translation>已处理的梯度。</translation>
    </message>
    <message>
        <source>!: the gradient is not finite.</source>
        <translation>!：梯度不是有限值。</translation>
    </message>
    <message>
        <source>↑: the gradient explodes.</source>
        <translation>↑：梯度爆炸。</translation>
    </message>
    <message>
        <source>0: the gradient is dead, almost all of it zero.</source>
        <translation>0：梯度已死亡，几乎全为零。</translation>
    </message>
    <message>
        <source>↓: the gradient vanishes.</source>
        <translation>↓：梯度消失。</translation>
    </message>
    <message>
        <source>Dashed: a further copy of a leaf, near its use.</source>
        <translation>虚线：叶子的另一个副本，靠近使用处。</translation>
    </message>
    <message>
        <source>Linked rings: boxes with this number share a parameter.</source>
        <translation>相连的环：带此编号的方框共享一个参数。</translation>
    </message>
    <message>
        <source>A ring: chosen.</source>
        <translation>环：已选择。</translation>
    </message>
    <message>
        <source>A broken ring: marked, found, or made by the chosen line.</source>
        <translation>断开的环：已标记、查找到，或由所选代码行生成。</translation>
    </message>
    <message>
        <source>+: it came, with another shape or since the kept recording.</source>
        <translation>+：新增，随图形状改变或自保留的记录以来。</translation>
    </message>
    <message>
        <source>−: it went; here it was.</source>
        <translation>−：已移除；它原来在这里。</translation>
    </message>
    <message>
        <source>≠: its numbers differ from the kept recording.</source>
        <translation>≠：数值与保留的记录不同。</translation>
    </message>
    <message>
        <source>grad {number}</source>
        <translation>梯度 {number}</translation>
    </message>
    <message numerus="yes">
        <source>{shown} parameters</source>
        <comment>{shown} parameter</comment>
        <extracomment>&quot;coming&quot;: not computed yet, in the forward pass. &quot;fed&quot;: to the node that is computed now, forwards. &quot;sent&quot;: by the current step; &quot;waiting&quot;: by an earlier one, and not yet worked on.</extracomment>
        <translation>
            <numerusform>{shown}个参数</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} nodes</source>
        <comment>{shown} node</comment>
        <extracomment>Graphviz refuses strings of more than 16,384 bytes.
----------
These could end a label, begin an entity or be taken for Markdown. Longer labels make boxes that nobody can read.</extracomment>
        <translation>
            <numerusform>{shown}个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>{part} of {total}</source>
        <translation>{part}/{total}</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <extracomment>They are translated where they are shown.</extracomment>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Gradient to weight</source>
        <translation>梯度与权重之比</translation>
    </message>
    <message>
        <source>Zeros in the gradient</source>
        <translation>梯度中的零</translation>
    </message>
    <message>
        <source>Time, forward and backward</source>
        <translation>前向和反向的时间</translation>
    </message>
    <message>
        <source>{title}: {low} dark to {high} bright</source>
        <translation>{title}：暗色 {low} 到亮色 {high}</translation>
    </message>
    <message>
        <source>The autograd graph will be here. Type an expression above, or press F7 for a lesson.</source>
        <translation>自动求导图会显示在这里。请在上方输入表达式，或按 F7 学习课程。</translation>
    </message>
    <message>
        <source>The engine has ended. Model ▸ Restart engine starts it again.</source>
        <translation>计算引擎已结束。可用“模型 ▸ 重启计算引擎”再次启动。</translation>
    </message>
    <message>
        <source>Model ▸ Rebuild tries again.</source>
        <translation>可用“模型 ▸ 重新构建”再试一次。</translation>
    </message>
    <message>
        <source>This graph has no picture.</source>
        <extracomment>A graph has been placed; carries the Placement. The box that stays in place, with the item behind it, while groups are opened or closed. The placement and marks that the view has: a change of values alone sets neither again.</extracomment>
        <translation>这个图没有图像。</translation>
    </message>
    <message numerus="yes">
        <source>Laying out {shown} nodes…</source>
        <comment>Laying out {shown} node…</comment>
        <translation>
            <numerusform>正在布局{shown}个节点…</numerusform>
        </translation>
    </message>
    <message>
        <source>Drag the picture of the graph into another program; a click copies it</source>
        <translation>把图的图片拖到其他程序中；单击则复制图片</translation>
    </message>
    <message>
        <source>There is no graph yet that could be dragged into another program</source>
        <translation>还没有可以拖到其他程序中的图</translation>
    </message>
    <message>
        <source>Drag</source>
        <extracomment>A drag may follow. The mouse has moved far enough for a drag. No drag follows any more.</extracomment>
        <translation>拖动</translation>
    </message>
    <message>
        <source>Drag picture out</source>
        <translation>拖出图片</translation>
    </message>
    <message>
        <source>The picture is being made; hold the mouse button until the drag begins</source>
        <extracomment>The picture beside the mouse is no larger. Begins a picture and gives it to a function; None where there is none. What can be dragged, and that whose file is being written.</extracomment>
        <translation>正在生成图片；请按住鼠标键，直到拖动开始</translation>
    </message>
    <message>
        <source>There is no picture to drag.</source>
        <translation>没有可拖动的图片。</translation>
    </message>
    <message>
        <source>The picture was dragged into another program</source>
        <translation>图片已拖到其他程序中</translation>
    </message>
    <message>
        <source>Find in the graph</source>
        <extracomment>The bar has been opened, closed or has another size.</extracomment>
        <translation>在图中查找</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>The hit that is shown</source>
        <translation>当前显示的结果</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>上一个结果</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>下一个结果</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭查找</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>{title} ({key})</source>
        <translation>{title}（{key}）</translation>
    </message>
    <message>
        <source>Path to the shown group</source>
        <extracomment>A longer path leaves out its middle.</extracomment>
        <translation>所显示分组的路径</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Show {name}</source>
        <translation>显示 {name}</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Open the groups of so many levels, and close all others</source>
        <translation>展开这么多层的分组，收起其余分组</translation>
    </message>
    <message>
        <source>Compiled graph</source>
        <translation>编译后的图</translation>
    </message>
    <message>
        <source>Compiled graph of {title}</source>
        <translation>{title} 编译后的图</translation>
    </message>
    <message>
        <source>No process could be started: {reason}.</source>
        <extracomment>A reading, its graph or an error, and the first picture; from the thread of the reading.</extracomment>
        <translation>无法启动进程：{reason}。</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>正在读取 {name}…</translation>
    </message>
    <message>
        <source>Forward graph</source>
        <translation>前向图</translation>
    </message>
    <message>
        <source>Forward graph of {title}</source>
        <translation>{title} 的前向图</translation>
    </message>
    <message>
        <source>The layout process was ended by signal {signal}.</source>
        <translation>布局进程被信号 {signal} 终止。</translation>
    </message>
    <message>
        <source>The layout process ended with exit code {code}.</source>
        <translation>布局进程已结束，退出码为 {code}。</translation>
    </message>
    <message>
        <source>It was started again.</source>
        <translation>它已重新启动。</translation>
    </message>
    <message>
        <source>It is started again with the next graph.</source>
        <translation>显示下一个图时会重新启动它。</translation>
    </message>
    <message>
        <source>{across} of the width and {down} of the height are in sight</source>
        <extracomment>The most that it takes of the canvas, in pixels, and the room around the graph in it. Of a graph of more boxes so many are drawn: the others would lie on the same pixels. A side of the seen part is drawn no shorter, so that it can be found.</extracomment>
        <translation>可见宽度的 {across}、高度的 {down}</translation>
    </message>
    <message>
        <source>The whole graph; press or drag to see another part of it</source>
        <translation>整个图；按下或拖动可查看其他部分</translation>
    </message>
    <message>
        <source>Prediction</source>
        <extracomment>It is this wide, but no wider than its part of the graph.</extracomment>
        <translation>预测</translation>
    </message>
    <message>
        <source>Your prediction</source>
        <translation>你的预测</translation>
    </message>
    <message>
        <source>guess</source>
        <translation>猜一个数</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Compare the prediction</source>
        <translation>对照预测</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>not computed yet</source>
        <extracomment>Of a larger picture the boxes that are in sight or near are told: each costs the reader a look. &quot;Near&quot; is within this part of the sight&apos;s size around it. Boxes whose tops differ by less are read from left to right.</extracomment>
        <translation>尚未计算</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>current step</source>
        <translation>当前步</translation>
    </message>
    <message>
        <source>{name}, in {group}</source>
        <translation>{name}，在 {group} 中</translation>
    </message>
    <message>
        <source>{text}, {verdict}</source>
        <translation>{text}，{verdict}</translation>
    </message>
    <message>
        <source>derivative by {by} {number}</source>
        <extracomment>Their numbers are others at each step, and so the whole is not remembered as what was said.</extracomment>
        <translation>对 {by} 的导数 {number}</translation>
    </message>
    <message>
        <source>Autograd graph</source>
        <extracomment>A press that moves less than this is a click. A rectangle was drawn with Shift: the ids of the nodes and boxes in it. A node, box or frame was double clicked. A node, box or frame was clicked with Shift, to be the other end of a way. The node whose menu is wanted (None: that of the graph), and where, on the screen.</extracomment>
        <translation>自动求导图</translation>
    </message>
    <message numerus="yes">
        <source>{boxes} boxes; up and down go from one to the next</source>
        <comment>{boxes} box; up and down go from one to the next</comment>
        <translation>
            <numerusform>{boxes}个方框；用上下键逐个移动</numerusform>
        </translation>
    </message>
    <message>
        <source>Compared when training is paused.</source>
        <extracomment>A recording is compared when so much time has passed since the last one. A kept recording is compared with another model where so much of the larger graph is in both. A larger graph is compared only while no training runs. Another recording is kept, or none. Whether the comparison was stopped with the recording that is shown. The title of a recording that was let go with its model, until that is told. The graph that `changes` is about.</extracomment>
        <translation>训练暂停时进行比较。</translation>
    </message>
    <message>
        <source>Not compared: it was cancelled. Keep, or another recording, compares again.</source>
        <translation>未比较：已取消。点“保留”或有新的记录时会再次比较。</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>Comparing… {done} of {nodes}</source>
        <translation>正在比较… {done}/{nodes}</translation>
    </message>
    <message>
        <source>The recording that was kept ({title}) is let go: it is of another model.</source>
        <translation>不再保留之前的记录（{title}）：它属于另一个模型。</translation>
    </message>
    <message>
        <source>Keep compares with the one that is shown.</source>
        <translation>点“保留”可与当前显示的记录比较。</translation>
    </message>
    <message>
        <source>{optimizer}, seed {seed}</source>
        <translation>{optimizer}，种子{seed}</translation>
    </message>
    <message>
        <source>After that, choose Model ▸ Restart engine.</source>
        <extracomment>An engine that ends this often without building anything in between is not started again.</extracomment>
        <translation>之后请选择“模型 ▸ 重启计算引擎”。</translation>
    </message>
    <message>
        <source>The engine was ended by signal {signal}.</source>
        <translation>计算引擎被信号 {signal} 终止。</translation>
    </message>
    <message>
        <source>The engine ended with exit code {code}.</source>
        <translation>计算引擎已结束，退出码为 {code}。</translation>
    </message>
    <message>
        <source>It ended too often to be started again. Change the model, then Model ▸ Restart.</source>
        <translation>它结束的次数太多，不再重新启动。请更改模型，再选择“模型 ▸ 重启计算引擎”。</translation>
    </message>
    <message>
        <source>It is being restarted, and the previous model rebuilt from what you chose.</source>
        <translation>正在重新启动，并按你的选择重新构建之前的模型。</translation>
    </message>
    <message>
        <source>It is being restarted, and the model rebuilt from what you chose.</source>
        <translation>正在重新启动，并按你的选择重新构建模型。</translation>
    </message>
    <message>
        <source>PyTorch&apos;s process restarts and builds the previous model.</source>
        <translation>PyTorch 进程会重新启动，并构建之前的模型。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>正在绘制</translation>
    </message>
    <message>
        <source>How it is trained matters for --animate train.</source>
        <translation>训练方式只对 --animate train 有意义。</translation>
    </message>
    <message numerus="yes">
        <source>wrote {path}, {shown} frames</source>
        <comment>wrote {path}, {shown} frame</comment>
        <translation>
            <numerusform>已写入 {path}，{shown}帧</numerusform>
        </translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>the picture of the selection</source>
        <extracomment>How long a window that closes waits for a process that it has killed. The step whose moment the next frame of a film needs. A text on how far it is. The outcome; then, where there is no path, the image (else a null one).</extracomment>
        <translation>所选内容的图片</translation>
    </message>
    <message>
        <source>the picture of the graph</source>
        <translation>图的图片</translation>
    </message>
    <message>
        <source>the text of the graph</source>
        <translation>图的文本</translation>
    </message>
    <message>
        <source>{phase}, {share}</source>
        <translation>{phase}，{share}</translation>
    </message>
    <message>
        <source>The run was changed while its film was made.</source>
        <translation>制作影片时，这次训练发生了改变。</translation>
    </message>
    <message>
        <source>Export again; the file is as it was.</source>
        <translation>请重新导出；文件保持原样。</translation>
    </message>
    <message>
        <source>counted when training is paused</source>
        <extracomment>The operations are asked for when recordings have rested for so long: the model runs for them. The pass that `_found` is of.</extracomment>
        <translation>训练暂停时统计</translation>
    </message>
    <message>
        <source>being counted: the model runs once more</source>
        <translation>正在统计：模型会再运行一次</translation>
    </message>
    <message>
        <source>There is no way between {first} and {last}.</source>
        <translation>{first} 和{last}之间没有路径。</translation>
    </message>
    <message>
        <source>Choose two of which one is computed from the other.</source>
        <translation>请选择两个，其中一个由另一个计算得到。</translation>
    </message>
    <message>
        <source>Shown when training is paused.</source>
        <extracomment>Counts and times are asked for when recordings have rested for so long. A larger graph is examined in pieces, and only while no training runs. Where verdicts begin, by the layers that are known so far; empty while nobody watches. The source line of the first node that is not finite. The pass that was counted, and its counts. The share of zeros in the gradient of each node of that pass. Whether the times of the shown pass are being measured, and why they could not be.</extracomment>
        <translation>训练暂停时显示。</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计……</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>Cancelled. Refresh computes it again.</source>
        <extracomment>It is asked for when everything has rested for so long. While training runs it is asked for no more often, and only where it takes no longer than that. The reach to either side of a point, of a parameter at least. Room around a way, as a part of its extent; a point so near to the edge is outside. There is another landscape or choice, or the state of the work has changed. The model and training that the landscape is of, and the one that was refused last.</extracomment>
        <translation>已取消。点“刷新”可重新计算。</translation>
    </message>
    <message>
        <source>Why a gradient is None will be here once a backward pass is recorded.</source>
        <extracomment>The reasons are asked for when recordings have rested for so long: the model runs for them. The user has asked why a gradient is None, so that the panel is to be seen. The pass that `found` is of.</extracomment>
        <translation>记录一次反向传播后，这里会说明梯度为什么是 None。</translation>
    </message>
    <message>
        <source>Searched when training is paused.</source>
        <translation>训练暂停时查找。</translation>
    </message>
    <message>
        <source>Running the model once more…</source>
        <translation>正在再次运行模型…</translation>
    </message>
    <message>
        <source>compare recorded gradients with finite differences and more</source>
        <translation>把记录的梯度与有限差分等方法比较</translation>
    </message>
    <message>
        <source>a leaf&apos;s name, or a node&apos;s id as gradviz graph has it; may be repeated (default: every leaf)</source>
        <translation>叶子的名称，或 gradviz graph 给出的节点 id；可以重复给出（默认：所有叶子）</translation>
    </message>
    <message>
        <source>check every node and every leaf</source>
        <translation>检验每个节点和每个叶子</translation>
    </message>
    <message>
        <source>move the leaves of a large model together where one by one takes longer than this (default: 20; with --node, and with 0, there is no limit)</source>
        <translation>大模型的叶子若逐个移动超过这个时间，就一起移动（默认：20；有 --node 或取 0 时没有限制）</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>正在检验</translation>
    </message>
    <message>
        <source>{done} of {total} checked, {passes}</source>
        <translation>已检验{done}/{total}，{passes}</translation>
    </message>
    <message numerus="yes">
        <source>{count} passes</source>
        <comment>{count} pass</comment>
        <translation>
            <numerusform>{count}次</numerusform>
        </translation>
    </message>
    <message>
        <source>{text} is no number of seconds</source>
        <translation>{text} 不是秒数</translation>
    </message>
    <message>
        <source>see gradviz graph</source>
        <translation>见 gradviz graph</translation>
    </message>
    <message>
        <source>The leaves are: {names}.</source>
        <translation>叶子有：{names}。</translation>
    </message>
    <message>
        <source>{gradient}, {method}</source>
        <translation>{gradient}，{method}</translation>
    </message>
    <message>
        <source>{difference} ({relative} of it)</source>
        <translation>{difference}（占 {relative}）</translation>
    </message>
    <message>
        <source>: difference {difference}</source>
        <translation>：差 {difference}</translation>
    </message>
    <message>
        <source>: difference {difference}, tolerance {tolerance}</source>
        <translation>：差 {difference}，容差 {tolerance}</translation>
    </message>
    <message>
        <source>Running the model once more… {done} of {passes}</source>
        <translation>正在再次运行模型… {done}/{passes}</translation>
    </message>
    <message>
        <source>Not searched: it was cancelled.</source>
        <translation>未查找：已取消。</translation>
    </message>
    <message>
        <source>Nothing was saved.</source>
        <extracomment>How long the program waits for the thread at its end. The end of the pieces to write; None where the saving is given up. How many elements have come. None when all is written, else the exception that says why not. Both are emitted in the thread that writes: a piece is written, or all is over.</extracomment>
        <translation>没有保存任何内容。</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Pause the training, so that the tensor stays as it is, and save again.</source>
        <translation>请暂停训练，让张量保持不变，然后再次保存。</translation>
    </message>
    <message>
        <source>Recent models</source>
        <extracomment>The path of a file with a forward graph alone, which is not run and needs no trust.</extracomment>
        <translation>最近的模型</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Local derivatives are shown on graphs of up to {count} nodes.</source>
        <extracomment>They are asked for when recordings have rested for so long: the model runs for them. A graph with more nodes has no room for so many numbers, and its rules take long. The passes that they are of, and that were asked about.</extracomment>
        <translation>局部导数只在不超过{count}个节点的图上显示。</translation>
    </message>
    <message>
        <source>No edge of this graph is between single numbers, and has a local derivative.</source>
        <translation>这个图没有连接两个标量的边，因此没有局部导数。</translation>
    </message>
    <message>
        <source>Choose Model ▸ Gradient at a point to have numbers.</source>
        <translation>选择“模型 ▸ 某一点的梯度”，图中就是标量了。</translation>
    </message>
    <message>
        <source>the system refused</source>
        <translation>系统拒绝了</translation>
    </message>
    <message numerus="yes">
        <source>Restore it as it was after {shown} steps.</source>
        <comment>Restore it as it was after {shown} step.</comment>
        <extracomment>How old the kept work may be. Weights and memory that take more are not kept: to write them every few seconds takes too long. The actions that bring back what was open, and forget it. So many windows can be open at once and have their work kept. The session that was gathered last, as it is without the state of its training. The file that a crashed window left, and its lock, while it is on offer.</extracomment>
        <translation>
            <numerusform>将它恢复到第{shown}步之后的状态。</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore it with its settings; its training begins anew.</source>
        <translation>恢复它和它的设置；训练从头开始。</translation>
    </message>
    <message>
        <source>Restore it with its settings.</source>
        <translation>恢复它和它的设置。</translation>
    </message>
    <message>
        <source>gradviz ended without being closed, with {name} open.</source>
        <translation>gradviz 上次未正常关闭，当时打开着 {name}。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>After a crash it could not be offered again. Make room, or the folder writable.</source>
        <translation>崩溃后将无法再恢复它。请腾出空间，或让文件夹可写。</translation>
    </message>
    <message>
        <source>{option} is kept in {file}.</source>
        <extracomment>The options that a session has settings for, by their names among the parsed ones. The options by which a model is taken in another way, which a session leaves open. The values of options that nobody has typed.</extracomment>
        <translation>{option} 保存在 {file} 中。</translation>
    </message>
    <message>
        <source>{name} has a training, which is not taken at a point.</source>
        <translation>{name} 有训练，不能在一点处求梯度。</translation>
    </message>
    <message>
        <source>Leave out --at, or give its expression in place of the session.</source>
        <translation>请去掉 --at，或用它的表达式代替会话。</translation>
    </message>
    <message>
        <source>The model of {name} needs no trust.</source>
        <translation>{name} 的模型不需要信任。</translation>
    </message>
    <message>
        <source>{option} is for a model that is built, and {name} holds a recorded pass.</source>
        <translation>{option} 用于要构建的模型，而 {name} 中是记录。</translation>
    </message>
    <message>
        <source>{name} holds a recorded pass, which cannot be trained.</source>
        <translation>{name} 中是记录，不能训练。</translation>
    </message>
    <message>
        <source>See gradviz step.</source>
        <translation>请看 gradviz step。</translation>
    </message>
    <message>
        <source>{source} names no file with a model.</source>
        <translation>{source} 不是带有模型的文件。</translation>
    </message>
    <message>
        <source>The file of the session&apos;s model is gone: {path}.</source>
        <translation>会话的模型文件不见了：{path}。</translation>
    </message>
    <message>
        <source>Put it back, or open the session in the window, which asks where it is now.</source>
        <translation>请放回原处，或在窗口中打开会话，窗口会询问它现在的位置。</translation>
    </message>
    <message>
        <source>{file} has changed since the session was saved, and runs as it is now.</source>
        <extracomment>A session that was taken up is shown, with its training where it has any. A sentence about the file of the model, where it is not the one of the session. How it is to be shown at the next recording, and at the one of a restored training.</extracomment>
        <translation>{file} 在会话保存后有过更改，现在按更改后的内容运行。</translation>
    </message>
    <message>
        <source>gradviz session</source>
        <translation>gradviz 会话</translation>
    </message>
    <message>
        <source>Recent</source>
        <extracomment>Another file, or the session differs from it, or does not differ any more. The session was written to its file. What was last saved or opened; None before. Whether the recording for comparison of an opened session is still to come.</extracomment>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>{file} has been changed by another window or program since it was opened here.</source>
        <translation>{file} 在此打开后，已被其他窗口或程序更改。</translation>
    </message>
    <message>
        <source>Replace it by what this window shows, or save that under another name?</source>
        <translation>用此窗口的内容替换它，还是以其他名称保存？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>before {file} is opened</source>
        <translation>打开 {file} 之前</translation>
    </message>
    <message>
        <source>A window for {file} could not be started: {problem}.</source>
        <translation>无法为 {file} 启动窗口：{problem}。</translation>
    </message>
    <message>
        <source>Type gradviz {file}</source>
        <translation>请输入 gradviz {file}</translation>
    </message>
    <message>
        <source>Where is {file}?</source>
        <translation>{file} 在哪里？</translation>
    </message>
    <message>
        <source>The session has its settings, and goes on once the file is found.</source>
        <translation>会话保留着设置，找到文件后即可继续。</translation>
    </message>
    <message numerus="yes">
        <source>The session has its settings with its {shown} trained steps, and goes on once the file is found.</source>
        <comment>The session has its settings with its {shown} trained step, and goes on once the file is found.</comment>
        <translation>
            <numerusform>会话保留着设置和已训练的{shown}步，找到文件后即可继续。</numerusform>
        </translation>
    </message>
    <message>
        <source>The file of the session&apos;s model is gone: {file}.</source>
        <translation>会话的模型文件不见了：{file}。</translation>
    </message>
    <message>
        <source>Find the file…</source>
        <translation>查找文件…</translation>
    </message>
    <message>
        <source>before the window closes</source>
        <translation>关闭窗口之前</translation>
    </message>
    <message>
        <source>Save {file} {when}?</source>
        <translation>{when}要保存 {file} 吗？</translation>
    </message>
    <message>
        <source>What has changed since then is lost otherwise.</source>
        <translation>否则，此后的更改会丢失。</translation>
    </message>
    <message>
        <source>Save the trained model {when}?</source>
        <translation>{when}要保存训练好的模型吗？</translation>
    </message>
    <message>
        <source>Its training is lost otherwise.</source>
        <translation>否则，它的训练会丢失。</translation>
    </message>
    <message>
        <source>Nothing was opened yet</source>
        <translation>还没有打开过文件</translation>
    </message>
    <message>
        <source>Clear recent</source>
        <translation>清除最近记录</translation>
    </message>
    <message>
        <source>Forget these sessions and models</source>
        <translation>忘记这些会话和模型</translation>
    </message>
    <message>
        <source>The lines of Python that made the graph will be here once there is one.</source>
        <extracomment>The source lines are asked for when recordings have rested for so long. The lines of a larger graph are asked for only while the panel is seen. Other sources are known, or none. Other nodes are marked. The user has asked for the lines, so that the panel is to be seen. The run and the recording that `_found` is of.</extracomment>
        <translation>有了图之后，这里会显示生成它的 Python 代码行。</translation>
    </message>
    <message>
        <source>Running the model…</source>
        <translation>正在运行模型…</translation>
    </message>
    <message>
        <source>The model&apos;s own settings: {settings}.</source>
        <translation>模型自带的设置：{settings}。</translation>
    </message>
    <message>
        <source>Your settings are kept: {settings}.</source>
        <translation>保留了你的设置：{settings}。</translation>
    </message>
    <message>
        <source>Use the model&apos;s own</source>
        <translation>使用模型自带的</translation>
    </message>
    <message>
        <source>Those of the model are {settings}.</source>
        <translation>模型自带的设置是：{settings}。</translation>
    </message>
    <message>
        <source>Undo {change}</source>
        <extracomment>Older changes are forgotten. The choices after the last change; None before the first model stands. Whether the next settled choices are those of an undo, and no change of the user&apos;s. How often the focus has moved, and how often it had when the last text was taken.</extracomment>
        <translation>撤销“{change}”</translation>
    </message>
    <message>
        <source>Redo {change}</source>
        <translation>重做“{change}”</translation>
    </message>
    <message>
        <source>{file} has not answered for {seconds} seconds.</source>
        <extracomment>After this long without a word about a user&apos;s own model, the user is told how to end it. The other models answer soon, but for what PyTorch loads when it is first needed.</extracomment>
        <translation>{file} 已有{seconds}秒没有响应。</translation>
    </message>
    <message>
        <source>PyTorch&apos;s process has not answered for {seconds} seconds.</source>
        <translation>PyTorch 进程已有{seconds}秒没有响应。</translation>
    </message>
    <message>
        <source>It may be slow, or run for ever.</source>
        <translation>它可能很慢，也可能永远不会结束。</translation>
    </message>
    <message>
        <source>See how autograd thinks: PyTorch&apos;s own backward pass, drawn, stepped and trained live.</source>
        <extracomment>The title of a menu, and its actions; None is a line between two.</extracomment>
        <translation>看看自动求导如何思考：PyTorch 自己的反向传播，实时绘制、单步执行并训练。</translation>
    </message>
    <message>
        <source>What is typed is never executed. No network is used.</source>
        <translation>输入的内容从不执行。不使用网络。</translation>
    </message>
    <message>
        <source>on the graph {keys}</source>
        <translation>在图上 {keys}</translation>
    </message>
    <message>
        <source>The documentation has not been made in this checkout.</source>
        <translation>这份源代码中尚未生成文档。</translation>
    </message>
    <message>
        <source>Make it with `make docs`, or read the files in docs/.</source>
        <translation>请用 `make docs` 生成，或阅读 docs/ 中的文件。</translation>
    </message>
    <message>
        <source>No browser opened the documentation.</source>
        <translation>没有浏览器打开文档。</translation>
    </message>
    <message>
        <source>Open {page} in one.</source>
        <translation>请用浏览器打开 {page}。</translation>
    </message>
    <message>
        <source>{title}: type a part of the name</source>
        <extracomment>The room around the list for its shadow.</extracomment>
        <translation>{title}：输入名称的一部分</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>找到的</translation>
    </message>
    <message>
        <source>Nothing is called “{name}”. Type fewer letters.</source>
        <translation>没有名为“{name}”的内容。请少输入几个字母。</translation>
    </message>
    <message>
        <source>Folder with FashionMNIST&apos;s files</source>
        <translation>FashionMNIST 文件所在的文件夹</translation>
    </message>
    <message>
        <source>The training, step by step</source>
        <translation>训练过程，逐步显示</translation>
    </message>
    <message>
        <source>The backward pass, node by node</source>
        <translation>反向传播，逐个节点显示</translation>
    </message>
    <message>
        <source>The graph and the plots</source>
        <translation>图和曲线图</translation>
    </message>
    <message>
        <source>The graph</source>
        <translation>图</translation>
    </message>
    <message>
        <source>The plots</source>
        <translation>曲线图</translation>
    </message>
    <message>
        <source>Export moving picture</source>
        <translation>导出动画</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>width in pixels</source>
        <translation>宽度（像素）</translation>
    </message>
    <message>
        <source>height in pixels</source>
        <translation>高度（像素）</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>With</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>One frame every … steps</source>
        <translation>每 … 步一帧</translation>
    </message>
    <message numerus="yes">
        <source>{shown} frames</source>
        <comment>{shown} frame</comment>
        <translation>
            <numerusform>{shown} 帧</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} seconds</source>
        <comment>{shown} second</comment>
        <translation>
            <numerusform>{shown} 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>Export as {format}</source>
        <extracomment>The factors by which an image can be enlarged; 2 is sharp on most screens and in print.</extracomment>
        <translation>导出为 {format}</translation>
    </message>
    <message>
        <source>Leave out the ground, so that a page or a slide shows through</source>
        <translation>去掉底色，让页面或幻灯片透过来</translation>
    </message>
    <message>
        <source>Transparent ground</source>
        <translation>透明背景</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>{scale} × ({width} × {height} pixels, {dots} dpi)</source>
        <translation>{scale} ×（{width} × {height} 像素，{dots} dpi）</translation>
    </message>
    <message>
        <source>The numbers of this moment</source>
        <translation>此刻的数值</translation>
    </message>
    <message>
        <source>Own text</source>
        <translation>自己的文本</translation>
    </message>
    <message>
        <source>Export for publication</source>
        <extracomment>The dialog does not follow a long caption to the edge of the screen.</extracomment>
        <translation>导出用于出版</translation>
    </message>
    <message>
        <source>Width in mm</source>
        <translation>宽度（mm）</translation>
    </message>
    <message>
        <source>width in millimetres</source>
        <translation>宽度（毫米）</translation>
    </message>
    <message>
        <source>Dots per inch</source>
        <translation>每英寸点数</translation>
    </message>
    <message>
        <source>dots per inch of a PNG image</source>
        <translation>PNG 图像的每英寸点数</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>图注</translation>
    </message>
    <message>
        <source>text of the caption</source>
        <translation>图注的文本</translation>
    </message>
    <message>
        <source>{width} × {height} mm, names in letters of {points} points</source>
        <translation>{width} × {height} mm，名称的字号为 {points} 磅</translation>
    </message>
    <message>
        <source>What&apos;s new in gradviz {version}</source>
        <translation>gradviz {version} 的新功能</translation>
    </message>
    <message>
        <source>The list of changes is missing.</source>
        <extracomment>The version that was last used here, in the settings. In the settings of everybody who has used the program before it kept its version.</extracomment>
        <translation>缺少更新记录。</translation>
    </message>
    <message>
        <source>Install gradviz again to have it.</source>
        <translation>请重新安装 gradviz 以恢复它。</translation>
    </message>
    <message>
        <source>your prediction</source>
        <translation>你的预测</translation>
    </message>
    <message>
        <source>Compare the prediction with the answer</source>
        <translation>把预测与答案比较</translation>
    </message>
    <message>
        <source>First steps</source>
        <extracomment>The parts of the list, as a reader sees them.</extracomment>
        <translation>入门</translation>
    </message>
    <message>
        <source>Gradients at a point</source>
        <translation>某一点的梯度</translation>
    </message>
    <message>
        <source>Learning PyTorch with examples</source>
        <translation>通过示例学习 PyTorch</translation>
    </message>
    <message>
        <source>Learn the basics</source>
        <translation>学习基础知识</translation>
    </message>
    <message>
        <source>Questions about autograd</source>
        <translation>关于自动求导的问题</translation>
    </message>
    <message>
        <source>Challenges</source>
        <translation>挑战</translation>
    </message>
    <message>
        <source>Own lessons</source>
        <translation>自己的课程</translation>
    </message>
    <message>
        <source>Lesson</source>
        <extracomment>The lesson that begins by itself for somebody new.</extracomment>
        <translation>课程</translation>
    </message>
    <message>
        <source>Find lesson</source>
        <translation>查找课程</translation>
    </message>
    <message>
        <source>The lesson “{title}” is not translated yet, and is shown in English.</source>
        <translation>课程“{title}”尚未翻译，以英文显示。</translation>
    </message>
    <message>
        <source>before the lesson begins</source>
        <translation>在课程开始之前</translation>
    </message>
    <message>
        <source>✓ done</source>
        <translation>✓ 已完成</translation>
    </message>
    <message>
        <source>There is not enough memory for a frame.</source>
        <extracomment>At this size a pixel of the film is a pixel of the window; a larger film has larger texts. The part of the width, or of the height of an upright film, that the graph takes.</extracomment>
        <translation>内存不足，无法生成一帧。</translation>
    </message>
    <message>
        <source>Use a smaller size.</source>
        <translation>请用更小的尺寸。</translation>
    </message>
    <message>
        <source>step {step} of {count}</source>
        <translation>第 {step} 步，共 {count} 步</translation>
    </message>
    <message>
        <source>backward step {step} of {count}</source>
        <translation>反向第{step}步，共{count}步</translation>
    </message>
    <message>
        <source>{title}: step {step} of {count}</source>
        <translation>{title}：第 {step} 步，共 {count} 步</translation>
    </message>
    <message>
        <source>You have finished “{title}”.</source>
        <translation>你已完成“{title}”。</translation>
    </message>
    <message>
        <source>Next begins the lesson “{title}”.</source>
        <translation>点“下一步”开始课程“{title}”。</translation>
    </message>
    <message>
        <source>{title}: done</source>
        <translation>{title}：已完成</translation>
    </message>
    <message>
        <source>The window is brought to where this step begins…</source>
        <translation>正在把窗口带到这一步的起点……</translation>
    </message>
    <message>
        <source>✓ Done. Next goes on.</source>
        <translation>✓ 已完成。点“下一步”继续。</translation>
    </message>
    <message>
        <source>The answer is {answer}.</source>
        <extracomment>So often the window is looked at: a step is done soon after what it waits for. The window is brought to where a lesson was left for so long at most. The conditions that put another model into the window. Another step is shown, or another lesson, or none. The window was looked at. The conditions to bring about, one after another: before a step, and for a learner.</extracomment>
        <translation>答案是 {answer}。</translation>
    </message>
    <message>
        <source>You predicted {guess}, and that is right.</source>
        <translation>你预测的是 {guess}，答对了。</translation>
    </message>
    <message>
        <source>You predicted {guess}; the answer is {answer}.</source>
        <translation>你预测的是 {guess}；答案是 {answer}。</translation>
    </message>
    <message>
        <source>a curve</source>
        <extracomment>The width of a button with a sign. The first entry of the second list, for a curve over one number.</extracomment>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Number across</source>
        <extracomment>Other numbers are chosen: their names, the second empty for a curve. Another part is wanted: the factor of its size.</extracomment>
        <translation>横轴参数</translation>
    </message>
    <message>
        <source>The number along the axis</source>
        <translation>横轴上的数</translation>
    </message>
    <message>
        <source>Number up</source>
        <translation>纵轴参数</translation>
    </message>
    <message>
        <source>The number up the axis, or a curve</source>
        <translation>纵轴上的数，或只画一条曲线</translation>
    </message>
    <message>
        <source>Compute it with the numbers of this moment</source>
        <translation>用此刻的数值重新计算</translation>
    </message>
    <message>
        <source>Look at a smaller part</source>
        <translation>查看更小的范围</translation>
    </message>
    <message>
        <source>Look at a larger part</source>
        <translation>查看更大的范围</translation>
    </message>
    <message>
        <source>Show the point and the whole way</source>
        <translation>显示当前点和整条路径</translation>
    </message>
    <message>
        <source>Progress of the landscape</source>
        <translation>损失地形的计算进度</translation>
    </message>
    <message>
        <source>Compute no further</source>
        <translation>停止计算</translation>
    </message>
    <message>
        <source>State of the landscape</source>
        <translation>损失地形的状态</translation>
    </message>
    <message>
        <source>It is that of step {step}: other numbers have moved since.</source>
        <translation>这是第{step}步的损失地形：此后其他数值已经变化。</translation>
    </message>
    <message numerus="yes">
        <source>{count} places without colour have no finite value.</source>
        <comment>{count} place without colour has no finite value.</comment>
        <translation>
            <numerusform>{count}处没有颜色的位置没有有限值。</numerusform>
        </translation>
    </message>
    <message>
        <source>Drag it: the model starts from there</source>
        <extracomment>A range that the mouse changes is computed when it has rested for so long.</extracomment>
        <translation>拖动它：模型从该处开始</translation>
    </message>
    <message>
        <source>Drag it: the gradient is taken there</source>
        <translation>拖动它：梯度就在该处计算</translation>
    </message>
    <message>
        <source>Reset the training to drag where it starts</source>
        <translation>要拖动起点，请先重置训练</translation>
    </message>
    <message>
        <source>The loss over two numbers of the model, with the way of the training on it, will be here. Type an expression with a letter to fit, such as a x + b, or choose a model.</source>
        <extracomment>A dragged number is rounded to so many parts of the range.</extracomment>
        <translation>这里将显示损失随模型的两个数值变化的地形，以及训练在其上走过的路径。请输入含待拟合字母的表达式，例如 a x + b，或选择一个模型。</translation>
    </message>
    <message>
        <source>Another program has this model, and moves its numbers itself.</source>
        <translation>这个模型属于另一个程序，它自行改变其中的数值。</translation>
    </message>
    <message>
        <source>{extent} (log)</source>
        <translation>{extent}（对数）</translation>
    </message>
    <message>
        <source>─ way</source>
        <translation>─ 路径</translation>
    </message>
    <message>
        <source>➜ −gradient ({numbers})</source>
        <translation>➜ −梯度（{numbers}）</translation>
    </message>
    <message>
        <source>╌ slope {slope} at {place}</source>
        <translation>╌ 在 {place} 处斜率{slope}</translation>
    </message>
    <message>
        <source>none that is finite</source>
        <translation>没有有限值</translation>
    </message>
    <message>
        <source>The norm of each parameter&apos;s gradient over the steps will be here.</source>
        <translation>这里将显示每个参数的梯度范数随步数的变化。</translation>
    </message>
    <message>
        <source>norm of the gradient (log)</source>
        <translation>梯度范数（对数）</translation>
    </message>
    <message>
        <source>Automatic axis</source>
        <extracomment>The entries of the menu, in the order of SCALES.</extracomment>
        <translation>自动坐标轴</translation>
    </message>
    <message>
        <source>Linear axis</source>
        <translation>线性坐标轴</translation>
    </message>
    <message>
        <source>Logarithmic axis</source>
        <translation>对数坐标轴</translation>
    </message>
    <message>
        <source>The loss of every training step will be here. Only what has parameters can be trained.</source>
        <extracomment>How opaque the losses of a branch are that was left. The words of a mark stand to its right or, where there is no room, to its left. Where nothing is above 0, so many powers of ten are shown.</extracomment>
        <translation>这里将显示每个训练步的损失。只有带参数的模型才能训练。</translation>
    </message>
    <message>
        <source>step {step}: the past</source>
        <extracomment>A line for each step after which the data were changed.</extracomment>
        <translation>第{step}步（过去）</translation>
    </message>
    <message>
        <source>{loss} at {moment}</source>
        <translation>{moment}：{loss}</translation>
    </message>
    <message>
        <source>press Train to begin</source>
        <translation>按“训练”开始</translation>
    </message>
    <message>
        <source>{loss} at step {step}</source>
        <translation>第{step}步：{loss}</translation>
    </message>
    <message>
        <source>without those of 0 or less</source>
        <translation>不含小于或等于 0 的损失</translation>
    </message>
    <message>
        <source>left at step {step}</source>
        <translation>在第{step}步离开</translation>
    </message>
    <message>
        <source>other data from here on</source>
        <translation>从这里起使用其他数据</translation>
    </message>
    <message>
        <source>data changed</source>
        <translation>数据已更改</translation>
    </message>
    <message>
        <source>The parameters over the steps of the training will be here.</source>
        <translation>这里将显示参数随训练步数的变化。</translation>
    </message>
    <message>
        <source>parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>What a network of two inputs makes of the plane will be here. Type such as Linear(2, 8), Tanh(), Linear(8, 1).</source>
        <translation>这里将显示双输入网络如何划分平面。可以输入例如 Linear(2, 8), Tanh(), Linear(8, 1)。</translation>
    </message>
    <message>
        <source>Target</source>
        <extracomment>The fields of the engine&apos;s errors that this form shows.</extracomment>
        <translation>目标</translation>
    </message>
    <message>
        <source>The points that are to be told apart</source>
        <translation>要区分开的数据点</translation>
    </message>
    <message>
        <source>class {number}</source>
        <translation>类别{number}</translation>
    </message>
    <message>
        <source>class {number}, held out</source>
        <translation>类别{number}，留出</translation>
    </message>
    <message>
        <source>○ held out {share:.1%}</source>
        <translation>○ 留出集{share:.1%}</translation>
    </message>
    <message>
        <source>This model is no curve over x.</source>
        <extracomment>A text that changes is not read more often.</extracomment>
        <translation>这个模型不是关于 x 的曲线。</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <source>Export image…</source>
        <translation>导出图像…</translation>
    </message>
    <message>
        <source>Export data as CSV…</source>
        <translation>将数据导出为 CSV…</translation>
    </message>
    <message>
        <source>SVG image</source>
        <translation>SVG 图像</translation>
    </message>
    <message>
        <source>PNG image</source>
        <translation>PNG 图像</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>Graphviz DOT source</source>
        <translation>Graphviz DOT 源码</translation>
    </message>
    <message>
        <source>JSON data</source>
        <translation>JSON 数据</translation>
    </message>
    <message>
        <source>GraphML data</source>
        <translation>GraphML 数据</translation>
    </message>
    <message>
        <source>Mermaid flowchart</source>
        <translation>Mermaid 流程图</translation>
    </message>
    <message>
        <source>interactive HTML page</source>
        <translation>可交互的 HTML 页面</translation>
    </message>
    <message>
        <source>text</source>
        <extracomment>The formats that the clipboard takes beside the picture of a selection.</extracomment>
        <translation>文本</translation>
    </message>
    <message>
        <source>The scale {scale:g} does not work.</source>
        <translation>缩放比例{scale:g}不可用。</translation>
    </message>
    <message>
        <source>{file} has no suffix that names a format.</source>
        <translation>{file} 的后缀不是格式的名称。</translation>
    </message>
    <message>
        <source>Comma-separated values</source>
        <translation>逗号分隔值</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>nothing is plotted yet</source>
        <translation>还没有绘制任何内容</translation>
    </message>
    <message>
        <source>{name}: {value} at {place}</source>
        <translation>{name}：在{place}处为{value}</translation>
    </message>
    <message>
        <source>{name}: from {first} to {last}, between {lowest} and {highest}, {points} points from {left} to {right}</source>
        <translation>{name}：从{first}到{last}，介于{lowest}和{highest}之间，从{left}到{right}共{points}个点</translation>
    </message>
    <message numerus="yes">
        <source>{curves}; and {count} more curves</source>
        <comment>{curves}; and {count} more curve</comment>
        <extracomment>More curves than these are counted.</extracomment>
        <translation>
            <numerusform>{curves}；另有{count}条曲线</numerusform>
        </translation>
    </message>
    <message>
        <source>The difference between y_pred and the target will be here.</source>
        <translation>这里将显示 y_pred 与目标之差。</translation>
    </message>
    <message>
        <source>no finite value</source>
        <translation>没有有限值</translation>
    </message>
    <message>
        <source>at most {residual}</source>
        <translation>最大{residual}</translation>
    </message>
    <message>
        <source>nothing has been recorded yet</source>
        <translation>还没有任何记录</translation>
    </message>
    <message>
        <source>The values of a tensor will be here. Click a node of the graph, or double-click a tensor in the inspector.</source>
        <translation>这里将显示张量的值。请点击图中的节点，或在检查器中双击一个张量。</translation>
    </message>
    <message>
        <source>Which tensor of the node is shown</source>
        <translation>显示该节点的哪个张量</translation>
    </message>
    <message>
        <source>Values</source>
        <extracomment>While the training goes on, larger tensors are not counted anew for every recording. The last two are one map in which a cell may stand for several values.</extracomment>
        <translation>数值</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>Extremes</source>
        <translation>极值</translation>
    </message>
    <message>
        <source>A table of the values</source>
        <translation>数值表格</translation>
    </message>
    <message>
        <source>How many values there are of each size</source>
        <translation>各种大小的值分别有多少个</translation>
    </message>
    <message>
        <source>The last two dimensions in colours; where cells are joined, by their mean</source>
        <translation>用颜色显示最后两个维度；合并的单元格取均值</translation>
    </message>
    <message>
        <source>The last two dimensions in colours; where cells are joined, by the largest magnitude</source>
        <translation>用颜色显示最后两个维度；合并的单元格取绝对值最大的值</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>What the tensor consists of</source>
        <translation>张量由哪些部分组成</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Stay with this node, whichever is selected</source>
        <translation>无论选择哪个节点，都停留在这个节点</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>How the tensor is shown</source>
        <translation>张量的显示方式</translation>
    </message>
    <message>
        <source>What the tensor is, and statistics</source>
        <translation>张量的信息和统计</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>首行</translation>
    </message>
    <message>
        <source>Where the part begins that is shown</source>
        <translation>显示的部分从哪里开始</translation>
    </message>
    <message>
        <source>First column</source>
        <translation>首列</translation>
    </message>
    <message>
        <source>from row</source>
        <translation>起始行</translation>
    </message>
    <message>
        <source>from column</source>
        <translation>起始列</translation>
    </message>
    <message>
        <source>There are no values to show.</source>
        <translation>没有可显示的值。</translation>
    </message>
    <message>
        <source>It has no elements.</source>
        <translation>它没有元素。</translation>
    </message>
    <message>
        <source>A heat map needs two dimensions.</source>
        <translation>热力图需要两个维度。</translation>
    </message>
    <message>
        <source>No value is finite.</source>
        <translation>没有任何值是有限的。</translation>
    </message>
    <message>
        <source>Drawing…</source>
        <translation>正在绘制……</translation>
    </message>
    <message>
        <source>Counting… {part:.0%}</source>
        <translation>正在统计……{part:.0%}</translation>
    </message>
    <message>
        <source>{values} in {rows} × {columns} cells, each the mean of its values</source>
        <extracomment>What is said of a map whose cells stand for several values.</extracomment>
        <translation>{values}，显示为 {rows} × {columns} 个单元格，每格是其中各值的均值</translation>
    </message>
    <message>
        <source>{values} in {rows} × {columns} cells, each the value of the largest magnitude of its values</source>
        <translation>{values}，显示为 {rows} × {columns} 个单元格，每格是其中绝对值最大的值</translation>
    </message>
    <message>
        <source>{plot}, in words</source>
        <extracomment>More crosses than these say no more. Below, at and above zero; told apart by those who see fewer colours too. Its name, to be translated.</extracomment>
        <translation>{plot}的文字说明</translation>
    </message>
    <message numerus="yes">
        <source>{rows} × {columns} values</source>
        <comment>{rows} × {columns} value</comment>
        <translation>
            <numerusform>{rows} × {columns} 个值</numerusform>
        </translation>
    </message>
    <message>
        <source>blue −{bound}, pale 0, red {bound}</source>
        <translation>蓝色为−{bound}，浅色为 0，红色为{bound}</translation>
    </message>
    <message>
        <source>{values}; {scale}; × marks a value that is not finite.</source>
        <translation>{values}；{scale}；×标记非有限的值。</translation>
    </message>
    <message>
        <source>{values}; {scale}.</source>
        <translation>{values}；{scale}。</translation>
    </message>
    <message>
        <source>row {row}, column {column}</source>
        <translation>第{row}行，第{column}列</translation>
    </message>
    <message>
        <source>mean {value}</source>
        <translation>均值{value}</translation>
    </message>
    <message>
        <source>largest magnitude {value}</source>
        <translation>绝对值最大者{value}</translation>
    </message>
    <message numerus="yes">
        <source>All {shown} finite values are {value}.</source>
        <comment>The one finite value is {value}.</comment>
        <translation>
            <numerusform>全部{shown}个有限值都是{value}。</numerusform>
        </translation>
    </message>
    <message>
        <source>{bins} bins; the fullest has {most} of {count} values, from {low} to {high}.</source>
        <translation>共{bins}个区间；最满的区间从{low}到{high}，含{count}个值中的{most}个。</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first}至{last}</translation>
    </message>
    <message>
        <source>Take</source>
        <extracomment>The megabytes that the tensors of a recording may take at most.</extracomment>
        <translation>取出</translation>
    </message>
    <message>
        <source>Copy the values, or save them</source>
        <translation>复制或保存这些值</translation>
    </message>
    <message>
        <source>Copy selected values</source>
        <translation>复制所选的值</translation>
    </message>
    <message>
        <source>As text, with every digit; all that the table shows if none is</source>
        <translation>复制为文本，保留全部数位；未选择时复制表格显示的全部值</translation>
    </message>
    <message>
        <source>Save as .npy…</source>
        <translation>另存为 .npy…</translation>
    </message>
    <message>
        <source>Write the whole tensor for NumPy</source>
        <translation>将整个张量写成供 NumPy 读取的文件</translation>
    </message>
    <message>
        <source>Memory of a recording…</source>
        <translation>记录的内存…</translation>
    </message>
    <message>
        <source>How much memory the tensors of a recorded pass may take</source>
        <translation>一次记录的张量最多可占多少内存</translation>
    </message>
    <message>
        <source>Stop saving; what the file held before stays</source>
        <translation>停止保存；文件中原有的内容保持不变</translation>
    </message>
    <message>
        <source>Select at most {count}, or save the tensor as .npy.</source>
        <translation>请最多选择{count}个，或将张量另存为 .npy。</translation>
    </message>
    <message>
        <source>That is too much to copy as text.</source>
        <translation>内容太多，无法复制为文本。</translation>
    </message>
    <message>
        <source>Cancel saving</source>
        <translation>取消保存</translation>
    </message>
    <message>
        <source>Save the tensor</source>
        <translation>保存张量</translation>
    </message>
    <message>
        <source>NumPy array</source>
        <translation>NumPy 数组</translation>
    </message>
    <message>
        <source>Memory of a recording</source>
        <translation>记录的内存</translation>
    </message>
    <message>
        <source>MB that the tensors of a recorded pass may take. Of the largest beyond it,
statistics are kept, and the pass is run again when their values are asked for.</source>
        <translation>一次记录的张量最多可占的 MB 数。超出时，对最大的张量只保留统计，
需要它们的值时会重新运行这次传播。</translation>
    </message>
    <message>
        <source>Cancel saving, {part:.0%}</source>
        <translation>取消保存，{part:.0%}</translation>
    </message>
    <message>
        <source>Index in dimension {dimension}</source>
        <extracomment>The indices, one for each.</extracomment>
        <translation>第{dimension}维的下标</translation>
    </message>
    <message>
        <source>Index in dimension {dimension}, 0 to {last}</source>
        <translation>第{dimension}维的下标，0 至{last}</translation>
    </message>
    <message>
        <source>Index in dimension {dimension}, slider</source>
        <translation>第{dimension}维的下标，滑块</translation>
    </message>
    <message>
        <source>dim {dimension}</source>
        <translation>第{dimension}维</translation>
    </message>
    <message>
        <source>Which part is shown</source>
        <translation>显示哪一部分</translation>
    </message>
    <message numerus="yes">
        <source>{shown} bytes</source>
        <comment>{shown} byte</comment>
        <translation>
            <numerusform>{shown}字节</numerusform>
        </translation>
    </message>
    <message>
        <source>std</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>zeros {count}</source>
        <translation>零值 {count}</translation>
    </message>
    <message>
        <source>finite {finite} of {elements}</source>
        <translation>有限值 {finite}，共 {elements}</translation>
    </message>
    <message>
        <source>Scheduler {number}</source>
        <extracomment>A composition keeps so many parts at least, and gets so many at most.</extracomment>
        <translation>调度器{number}</translation>
    </message>
    <message>
        <source>Take scheduler {number} away</source>
        <translation>移除调度器{number}</translation>
    </message>
    <message>
        <source>from step</source>
        <translation>起始步</translation>
    </message>
    <message>
        <source>Add another scheduler</source>
        <translation>再添加一个调度器</translation>
    </message>
    <message>
        <source>+ scheduler</source>
        <translation>+ 调度器</translation>
    </message>
    <message>
        <source>Step from which scheduler {number} works</source>
        <translation>调度器{number}从哪一步起生效</translation>
    </message>
    <message>
        <source>An expression in x, such as sin(2 x) + 0.5</source>
        <translation>含 x 的表达式，例如 sin(2 x) + 0.5</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Its standard deviation; 0 for none</source>
        <translation>噪声的标准差；0 表示没有噪声</translation>
    </message>
    <message>
        <source>Lowest x</source>
        <translation>x 的最小值</translation>
    </message>
    <message>
        <source>Where x begins, such as -pi</source>
        <translation>x 的起点，例如 -pi</translation>
    </message>
    <message>
        <source>Highest x</source>
        <translation>x 的最大值</translation>
    </message>
    <message>
        <source>Where x ends, such as 2 pi</source>
        <translation>x 的终点，例如 2 pi</translation>
    </message>
    <message>
        <source>File of data</source>
        <translation>数据文件</translation>
    </message>
    <message>
        <source>A CSV file with two columns, x and y</source>
        <translation>含 x 和 y 两列的 CSV 文件</translation>
    </message>
    <message>
        <source>Choose a file of data</source>
        <translation>选择数据文件</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>The dtype of x, y and the parameters; the model is built anew</source>
        <translation>x、y 和参数的数据类型；模型会重新构建</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>x from</source>
        <translation>x 从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>A file with two columns, x and y</source>
        <translation>含 x 和 y 两列的文件</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>How many x</source>
        <translation>x 取多少个值</translation>
    </message>
    <message>
        <source>update</source>
        <translation>更新量</translation>
    </message>
    <message>
        <source>What the last step did to each parameter will be here: value, gradient, update, new value, and what the optimizer remembers. Press Step, or Train and Pause.</source>
        <extracomment>More parameters than this are not listed.</extracomment>
        <translation>这里将显示上一步对每个参数做了什么：值、梯度、更新量、新值，以及优化器记住的内容。请按“单步”，或先按“训练”再按“暂停”。</translation>
    </message>
    <message>
        <source>The step described here</source>
        <translation>这里说明的是哪一步</translation>
    </message>
    <message>
        <source>What the optimizer&apos;s last step did</source>
        <translation>优化器的上一步做了什么</translation>
    </message>
    <message>
        <source>State of the optimizer as a whole</source>
        <translation>优化器的整体状态</translation>
    </message>
    <message>
        <source>All parameters together: {values}</source>
        <translation>全部参数合计：{values}</translation>
    </message>
    <message>
        <source>Step {before} → {step}</source>
        <translation>第{before}步 → 第{step}步</translation>
    </message>
    <message>
        <source>{optimizer}, learning rate {rate}</source>
        <translation>{optimizer}，学习率{rate}</translation>
    </message>
    <message>
        <source>loss before it {loss}</source>
        <translation>此步之前的损失{loss}</translation>
    </message>
    <message>
        <source>the first {shown} of {count} parameters</source>
        <translation>{count}个参数中的前{shown}个</translation>
    </message>
    <message>
        <source>updated when training is paused</source>
        <translation>训练暂停时更新</translation>
    </message>
    <message>
        <source>Allowed: {allowed}</source>
        <translation>允许：{allowed}</translation>
    </message>
    <message>
        <source>none: constant</source>
        <extracomment>Numbers that change are not read more often.</extracomment>
        <translation>无：保持不变</translation>
    </message>
    <message>
        <source>Learning rate scheduler</source>
        <translation>学习率调度器</translation>
    </message>
    <message>
        <source>Learning rate of the next step</source>
        <translation>下一步的学习率</translation>
    </message>
    <message>
        <source>The learning rate is the highest that the scheduler gives</source>
        <translation>这里的学习率是调度器给出的最大值</translation>
    </message>
    <message>
        <source>How the learning rate changes with the steps</source>
        <translation>学习率如何随步数变化</translation>
    </message>
    <message>
        <source>learning rate now {rate}</source>
        <translation>当前学习率{rate}</translation>
    </message>
    <message>
        <source>What training minimizes; a running training takes over another</source>
        <translation>训练要最小化的量；正在进行的训练会改用新选的损失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Press Enter to apply it, also to a running training</source>
        <translation>按 Enter 生效，对正在进行的训练也有效</translation>
    </message>
    <message>
        <source>Training steps</source>
        <translation>训练步数</translation>
    </message>
    <message>
        <source>Seed of the initial weights</source>
        <translation>初始权重的随机种子</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>DATA</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>the model&apos;s own</source>
        <translation>模型自带的</translation>
    </message>
    <message>
        <source>“{text}” is no learning rate.</source>
        <translation>“{text}”不是有效的学习率。</translation>
    </message>
    <message>
        <source>function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>iteration</source>
        <translation>迭代</translation>
    </message>
    <message>
        <source>The name of a module, function, iteration, operation or parameter</source>
        <translation>模块、函数、迭代、运算或参数的名称</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>The norm of the gradient in the whole pass: that which arrives at a node, and of a module that of all its parameters together</source>
        <translation>整次传播中梯度的范数：对节点是到达它的梯度，对模块是其全部参数合在一起的梯度</translation>
    </message>
    <message>
        <source>params</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>How many numbers the parameters have, each counted once</source>
        <translation>参数共含多少个数，每个只计一次</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类</translation>
    </message>
    <message>
        <source>The class of a module, and PyTorch&apos;s name of a node</source>
        <translation>模块的类，以及节点在 PyTorch 中的名称</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>The bytes of the results that are computed there, and of parameters</source>
        <translation>在此处算出的结果以及参数所占的字节数</translation>
    </message>
    <message>
        <source>The time forwards and backwards, measured in a pass of its own</source>
        <translation>前向和反向所用的时间，在一次单独的传播中测得</translation>
    </message>
    <message>
        <source>grad ‖·‖ not finite</source>
        <translation>梯度 ‖·‖ 非有限</translation>
    </message>
    <message>
        <source>no gradient</source>
        <translation>无梯度</translation>
    </message>
    <message>
        <source>grad ‖·‖ {norm}</source>
        <translation>梯度 ‖·‖ {norm}</translation>
    </message>
    <message numerus="yes">
        <source>All parameters: {gradient} · {numbers} numbers</source>
        <comment>All parameters: {gradient} · {numbers} number</comment>
        <translation>
            <numerusform>全部参数：{gradient} · {numbers}个数</numerusform>
        </translation>
    </message>
    <message>
        <source>{tip}. Click to sort by it</source>
        <extracomment>Where a group has more rows than this, pages of so many come between. The most pages of one group; their ids come after all items.</extracomment>
        <translation>{tip}。点击即可按此列排序</translation>
    </message>
    <message>
        <source>found</source>
        <translation>已找到</translation>
    </message>
    <message>
        <source>made by the chosen line</source>
        <translation>由所选的代码行产生</translation>
    </message>
    <message>
        <source>Some of many rows</source>
        <translation>许多行中的一部分</translation>
    </message>
    <message>
        <source>The modules and nodes of the graph will be here. Type an expression, or choose a model.</source>
        <extracomment>The numbers of a smaller graph are counted at once.</extracomment>
        <translation>这里将显示图的模块和节点。请输入表达式，或选择一个模型。</translation>
    </message>
    <message>
        <source>Find in the tree</source>
        <translation>在树中查找</translation>
    </message>
    <message>
        <source>About the tree</source>
        <translation>关于这棵树</translation>
    </message>
    <message>
        <source>Gradient of the whole model</source>
        <translation>整个模型的梯度</translation>
    </message>
    <message>
        <source>Measure the time of each row</source>
        <translation>测量每一行所用的时间</translation>
    </message>
    <message>
        <source>Measure how long each node takes, in a pass of its own, and show it as a column</source>
        <translation>在一次单独的传播中测量每个节点所用的时间，并显示为一列</translation>
    </message>
    <message>
        <source>Modules and nodes</source>
        <translation>模块和节点</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>第{number}个，共{count}个</translation>
    </message>
    <message>
        <source>{file} may change the numbers of other models that are trained beside it.</source>
        <translation>{file} 可能会改变与它一起训练的其他模型的数值。</translation>
    </message>
    <message>
        <source>Compare them one after the other: remove its runs or the others.</source>
        <translation>请逐个比较：移除它的训练，或移除其他的。</translation>
    </message>
    <message>
        <source>{file} may change the numbers of the current model.</source>
        <translation>{file} 可能会改变当前模型的数值。</translation>
    </message>
    <message>
        <source>Open {file} as it is in the list, and compare its runs then.</source>
        <translation>请按列表中的设置打开 {file}，再比较它的各次训练。</translation>
    </message>
    <message>
        <source>The current file may change the numbers of the models in the list.</source>
        <translation>当前文件可能会改变列表中各模型的数值。</translation>
    </message>
    <message>
        <source>Choose one of them as the current model, and compare then.</source>
        <translation>请选择其中一个作为当前模型，再进行比较。</translation>
    </message>
    <message>
        <source>learning rate {rate}</source>
        <extracomment>Settings that differ from all that can be chosen.</extracomment>
        <translation>学习率 {rate}</translation>
    </message>
    <message>
        <source>the optimizer&apos;s usual options</source>
        <translation>优化器的默认选项</translation>
    </message>
    <message>
        <source>no scheduler</source>
        <translation>无学习率调度器</translation>
    </message>
    <message>
        <source>the model&apos;s own loss</source>
        <translation>模型自带的损失</translation>
    </message>
    <message>
        <source>the pass that failed, step {step}</source>
        <extracomment>Older ones are forgotten.</extracomment>
        <translation>失败的那一次，第{step}步</translation>
    </message>
    <message>
        <source>step {step} of {last}</source>
        <translation>第{step}/{last}步</translation>
    </message>
    <message>
        <source>How many nodes each line made</source>
        <extracomment>The number of a line from 1 on, and the place of a character in it; -1 for the whole line. Whether the spot stays in sight while the view gets its size, until the user scrolls.</extracomment>
        <translation>每行产生了多少个节点</translation>
    </message>
    <message>
        <source>● how many nodes the line made; a click, or Shift+Enter, marks them</source>
        <translation>● 该行产生了多少个节点；单击或按 Shift+Enter 标记它们</translation>
    </message>
    <message>
        <source>“{text}” is no standard deviation.</source>
        <translation>“{text}”不是标准差。</translation>
    </message>
    <message>
        <source>Use 0 for none, or a number such as 0.1.</source>
        <translation>没有噪声用 0，否则用 0.1 这样的数。</translation>
    </message>
    <message>
        <source>x must end above where it begins.</source>
        <translation>x 的终点必须大于起点。</translation>
    </message>
    <message>
        <source>Change one of them.</source>
        <translation>请更改其中一个。</translation>
    </message>
    <message>
        <source>Write one such as -2.5 or 2 pi.</source>
        <translation>请写成 -2.5 或 2 pi 这样的数。</translation>
    </message>
    <message>
        <source>Expression</source>
        <extracomment>More than the grammar takes, so that its own message is seen rather than silent cutting.</extracomment>
        <translation>表达式</translation>
    </message>
    <message>
        <source>An expression in x, y, z and parameters, or the layers of a network</source>
        <translation>由 x、y、z 和参数组成的表达式，或网络的各层</translation>
    </message>
    <message>
        <source>Type an expression, such as a + b x, or layers, such as Linear(1, 16), Tanh(), Linear(16, 1)</source>
        <translation>输入表达式，例如 a + b x，或输入各层，例如 Linear(1, 16), Tanh(), Linear(16, 1)</translation>
    </message>
    <message>
        <source>x is the input, and at a point y and z are inputs too; other letters are parameters that are trained</source>
        <translation>x 是输入，在某一点时 y 和 z 也是输入；其他字母是要训练的参数</translation>
    </message>
    <message>
        <source>name, (2, 16), float16, nan, grad&gt;1</source>
        <translation>名称, (2, 16), float16, nan, grad&gt;1</translation>
    </message>
    <message>
        <source>All of these must hold:
a part of a name, module or label    h.3.attn mul
a shape    (2, 16, 32)   2x16x32   (2, *)
a type    float16
a number    grad&gt;1   value&gt;=10   norm&lt;1e-7   params&gt;1000
nan   inf   nonfinite   leaf   param   function
any of these as a text    &quot;leaf&quot;</source>
        <translation>以下条件须全部满足：
名称、模块或标签的一部分    h.3.attn mul
形状    (2, 16, 32)   2x16x32   (2, *)
类型    float16
数值    grad&gt;1   value&gt;=10   norm&lt;1e-7   params&gt;1000
nan   inf   nonfinite   leaf   param   function
以上任一项作为文字    &quot;leaf&quot;</translation>
    </message>
    <message>
        <source>Copy as LaTeX</source>
        <extracomment>The size of the letters in the window, as a part of that at which pieces are set. A piece that is too wide is made smaller to this part of that, and then scrolled.</extracomment>
        <translation>复制为 LaTeX</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>image {number}</source>
        <translation>图像 {number}</translation>
    </message>
    <message>
        <source>predicted {predicted}, true {true}</source>
        <translation>预测为 {predicted}，实际为 {true}</translation>
    </message>
    <message>
        <source>Images of the test</source>
        <extracomment>To the left and the right go the steps of the backward pass, wherever the keyboard is.</extracomment>
        <translation>测试图像</translation>
    </message>
    <message>
        <source>{name} (true)</source>
        <translation>{name}（实际）</translation>
    </message>
    <message numerus="yes">
        <source>“{text}” has more than {count} decimal places.</source>
        <comment>“{text}” has more than {count} decimal place.</comment>
        <translation>
            <numerusform>“{text}”的小数位超过 {count} 位。</numerusform>
        </translation>
    </message>
    <message>
        <source>Write {number}.</source>
        <translation>请写成 {number}。</translation>
    </message>
    <message>
        <source>It stays {number}.</source>
        <translation>仍为 {number}。</translation>
    </message>
    <message>
        <source>“{text}” is not between {low} and {high}.</source>
        <translation>“{text}”不在 {low} 和 {high} 之间。</translation>
    </message>
    <message>
        <source>{name} is a module, and its graph is made when it runs.</source>
        <extracomment>The formats that a notebook is given; viewers that run no scripts take the picture. What files tell of where the graph comes from. The graph with its live tensors, as the engine has it. The pages that a notebook was given last, with the pass that they are of.</extracomment>
        <translation>{name} 是模块，它的计算图在运行时才产生。</translation>
    </message>
    <message>
        <source>Give its inputs, capture(module, inputs=x), or capture what it returned.</source>
        <translation>请给出它的输入，capture(module, inputs=x)，或捕获它的返回值。</translation>
    </message>
    <message>
        <source>device is for a module that is captured with its inputs.</source>
        <translation>device 用于连同输入一起捕获的模块。</translation>
    </message>
    <message>
        <source>Leave it out.</source>
        <translation>请去掉它。</translation>
    </message>
    <message>
        <source>There is no tensor to draw in this {type}.</source>
        <extracomment>A page has so many inches for each line of the source, and at least so many.</extracomment>
        <translation>这个 {type} 中没有可画的张量。</translation>
    </message>
    <message>
        <source>Give the output of a computation, such as model(x); a module itself goes to params, or to gradviz.capture(module, inputs=x).</source>
        <translation>请给出计算的输出，例如 model(x)；模块本身请交给 params，或交给 gradviz.capture(module, inputs=x)。</translation>
    </message>
    <message>
        <source>A trace is not drawn: PyTorch has no such traces any more.</source>
        <translation>不画 trace：PyTorch 已经没有这种 trace 了。</translation>
    </message>
    <message>
        <source>Use gradviz.make_dot(model(x), params=model), or gradviz.capture(model, inputs=x).</source>
        <translation>请用 gradviz.make_dot(model(x), params=model)，或 gradviz.capture(model, inputs=x)。</translation>
    </message>
    <message>
        <source>it ended with code {code}</source>
        <translation>它以代码{code}结束</translation>
    </message>
    <message>
        <source>Graphviz could not draw this as {format}: {reason}</source>
        <translation>Graphviz 无法把它画成 {format}：{reason}</translation>
    </message>
    <message>
        <source>Use svg, png or pdf; what is too large for it is drawn by gradviz.capture().</source>
        <translation>请用 svg、png 或 pdf；对它来说太大的图由 gradviz.capture() 来画。</translation>
    </message>
    <message>
        <source>the script has ended; it waits until its window is closed.</source>
        <extracomment>The windows that the end of the process waits for.</extracomment>
        <translation>脚本已经结束；它在等待窗口关闭。</translation>
    </message>
    <message>
        <source>{file} is without {count} of the tensors: a file holds {megabytes} MB of them, dense and of PyTorch&apos;s own class. The shapes, norms and means of the others are there.</source>
        <translation>{file} 中缺少{count}个张量：一个文件最多容纳{megabytes} MB 的张量，且须是稠密的、PyTorch 自己的类。其余张量的形状、范数和均值仍在。</translation>
    </message>
    <message>
        <source>The look is chosen for pictures, and a recording is none.</source>
        <translation>外观只用于图，而记录不是图。</translation>
    </message>
    <message>
        <source>Leave it out: the window that opens it lets you choose.</source>
        <translation>请去掉它：打开它的窗口会让你选择。</translation>
    </message>
    <message>
        <source>note: {told}</source>
        <translation>注意：{told}</translation>
    </message>
    <message>
        <source>Desktop files are for the desktops of Linux.</source>
        <extracomment>Where each file of `resources` goes, beneath the folder of the user&apos;s data. The icon of the files is that of the program. Programs that tell the desktop of the change, with the folder that each looks at. In an argument of Exec these have a backslash before them.</extracomment>
        <translation>桌面文件只用于 Linux 桌面。</translation>
    </message>
    <message>
        <source>Here, keep a link to the command gradviz where you start programs.</source>
        <translation>在这里，请在启动程序的地方放一个指向命令 gradviz 的链接。</translation>
    </message>
    <message>
        <source>{path} cannot be changed: {reason}.</source>
        <translation>无法更改 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Allow it, or set XDG_DATA_HOME to another folder.</source>
        <translation>请授予权限，或把 XDG_DATA_HOME 设为另一个文件夹。</translation>
    </message>
    <message>
        <source>there is no option {option}</source>
        <extracomment>One minus sign with anything behind it but the short options, -h and -o.</extracomment>
        <translation>没有选项 {option}</translation>
    </message>
    <message>
        <source>one expression in quotes is expected, not {count} words</source>
        <translation>应当是一个放在引号里的表达式，而不是{count}个词</translation>
    </message>
    <message>
        <source>loading PyTorch</source>
        <translation>正在加载 PyTorch</translation>
    </message>
    <message>
        <source>building the model</source>
        <translation>正在构建模型</translation>
    </message>
    <message>
        <source>a moving picture</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>FILE then ends in {suffixes}.</source>
        <translation>这时 FILE 以 {suffixes} 结尾。</translation>
    </message>
    <message>
        <source>show the training step by step, or the backward pass node by node</source>
        <translation>逐步展示训练，或逐个节点展示反向传播</translation>
    </message>
    <message>
        <source>pixels of a frame (default {size})</source>
        <translation>每帧的像素（默认{size}）</translation>
    </message>
    <message>
        <source>frames per second (default {train:g} for train and {backward:g} for backward)</source>
        <translation>每秒帧数（默认 train 为 {train:g}，backward 为 {backward:g}）</translation>
    </message>
    <message>
        <source>show every N-th step (default: as many as make up to 300 frames)</source>
        <translation>每 N 步显示一帧（默认：总共不超过 300 帧）</translation>
    </message>
    <message>
        <source>of a training: the graph and the plots together (default), or one of them</source>
        <translation>对于训练：同时显示计算图和曲线（默认），或只显示其中之一</translation>
    </message>
    <message>
        <source>--size {text}: this is no size.</source>
        <translation>--size {text}：这不是尺寸。</translation>
    </message>
    <message>
        <source>Write such as 960x540.</source>
        <translation>请写成 960x540 的形式。</translation>
    </message>
    <message>
        <source>all is done</source>
        <extracomment>What each exit code means, by its number.</extracomment>
        <translation>全部完成</translation>
    </message>
    <message>
        <source>something failed: a training diverges, a gradient is wrong, a file cannot be written</source>
        <translation>有失败：训练发散、梯度有误或文件无法写入</translation>
    </message>
    <message>
        <source>what was typed cannot be used</source>
        <translation>输入的内容无法使用</translation>
    </message>
    <message>
        <source>ended by Ctrl+C</source>
        <translation>被 Ctrl+C 结束</translation>
    </message>
    <message>
        <source>nobody reads the output any longer</source>
        <translation>输出已无人读取</translation>
    </message>
    <message>
        <source>positional arguments</source>
        <translation>位置参数</translation>
    </message>
    <message>
        <source>options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>show this help message and exit</source>
        <translation>显示这份帮助并退出</translation>
    </message>
    <message>
        <source>{program}: error: {message}</source>
        <translation>{program}：错误：{message}</translation>
    </message>
    <message>
        <source>examples:</source>
        <translation>示例：</translation>
    </message>
    <message>
        <source>See how autograd thinks: PyTorch&apos;s own backward pass, drawn, stepped and trained live.

  gradviz                  opens the window
  gradviz &quot;EXPRESSION&quot;     opens it on that expression, or on a session, fit.gviz
  gradviz VERB ...         works without a window</source>
        <translation>看懂自动求导的思路：把 PyTorch 自己的反向传播画出来，逐步查看，实时训练。

  gradviz                  打开窗口
  gradviz &quot;EXPRESSION&quot;     用这个表达式或会话 fit.gviz 打开窗口
  gradviz VERB ...         不打开窗口直接工作</translation>
    </message>
    <message>
        <source>exit codes:</source>
        <translation>退出码：</translation>
    </message>
    <message>
        <source>show program&apos;s version number and exit</source>
        <translation>显示程序的版本号并退出</translation>
    </message>
    <message>
        <source>verbs</source>
        <translation>子命令</translation>
    </message>
    <message>
        <source>{purpose}.</source>
        <translation>{purpose}。</translation>
    </message>
    <message>
        <source>print results and errors alone, without notes and progress</source>
        <translation>只输出结果和错误，不显示说明和进度</translation>
    </message>
    <message>
        <source>print JSON; numbers that are not finite are &quot;NaN&quot;, &quot;Infinity&quot;, &quot;-Infinity&quot;</source>
        <translation>输出 JSON；非有限的数写作 &quot;NaN&quot;、&quot;Infinity&quot;、&quot;-Infinity&quot;</translation>
    </message>
    <message>
        <source>the data</source>
        <extracomment>The options by the fields of the model that they set. What a file says itself.</extracomment>
        <translation>数据</translation>
    </message>
    <message>
        <source>for a model that is a curve over x</source>
        <translation>用于以 x 为自变量的曲线模型</translation>
    </message>
    <message>
        <source>what it is fitted to, in x alone (default sin(x)); for a network of two inputs {planes}; for your own model and --loss, tensors such as &quot;randint(0, 9, (2,))&quot;</source>
        <translation>拟合的目标，只含 x（默认 sin(x)）；两个输入的网络用 {planes}；你自己的模型配合 --loss 时用张量，例如 &quot;randint(0, 9, (2,))&quot;</translation>
    </message>
    <message>
        <source>the standard deviation of noise on the target, drawn from the seed (default 0)</source>
        <translation>目标上噪声的标准差，由随机种子产生（默认 0）</translation>
    </message>
    <message>
        <source>fit two columns of a file, x and y, in place of a target</source>
        <translation>拟合文件中的 x、y 两列，以代替目标</translation>
    </message>
    <message>
        <source>how many x (default 2000)</source>
        <translation>x 的个数（默认 2000）</translation>
    </message>
    <message>
        <source>from where to where x goes (default -pi pi)</source>
        <translation>x 的范围（默认 -pi pi）</translation>
    </message>
    <message>
        <source>the precision (default float32)</source>
        <translation>精度（默认 float32）</translation>
    </message>
    <message>
        <source>start a parameter at this value, such as a=0.3; may be repeated (default: drawn from the seed)</source>
        <translation>参数的初始值，例如 a=0.3；可以重复给出（默认：由随机种子产生）</translation>
    </message>
    <message>
        <source>{option} is for a model that is a curve over x.</source>
        <translation>{option} 用于以 x 为自变量的曲线模型。</translation>
    </message>
    <message>
        <source>--data names no file.</source>
        <translation>--data 没有给出文件。</translation>
    </message>
    <message>
        <source>Give the path of a file with two columns.</source>
        <translation>请给出一个两列文件的路径。</translation>
    </message>
    <message>
        <source>{option} does not go with --data.</source>
        <translation>{option} 不能与 --data 一起使用。</translation>
    </message>
    <message>
        <source>The file has x and y itself.</source>
        <translation>文件本身就有 x 和 y。</translation>
    </message>
    <message>
        <source>--init {text} is no start of a parameter.</source>
        <translation>--init {text} 不是参数的初始值。</translation>
    </message>
    <message>
        <source>Write the name and a finite number, such as a=0.3.</source>
        <translation>请写名称和一个有限的数，例如 a=0.3。</translation>
    </message>
    <message>
        <source>the following arguments are required: {names}</source>
        <extracomment>What argparse says of arguments that do not fit.</extracomment>
        <translation>缺少这些参数：{names}</translation>
    </message>
    <message>
        <source>unrecognized arguments: {words}</source>
        <translation>无法识别的参数：{words}</translation>
    </message>
    <message>
        <source>one of the arguments {names} is required</source>
        <translation>参数 {names} 中必须给出一个</translation>
    </message>
    <message>
        <source>ambiguous option: {option} could match {matches}</source>
        <translation>选项 {option} 有歧义，可能是 {matches}</translation>
    </message>
    <message>
        <source>argument {name}: invalid choice: {value} (choose from {choices})</source>
        <translation>参数 {name}：没有 {value} 这个选择（可选：{choices}）</translation>
    </message>
    <message>
        <source>argument {name}: invalid {kind} value: {value}</source>
        <translation>参数 {name}：{value} 不是有效的 {kind} 值</translation>
    </message>
    <message>
        <source>argument {name}: not allowed with argument {other}</source>
        <translation>参数 {name}：不能与参数 {other} 同时使用</translation>
    </message>
    <message>
        <source>argument {name}: ignored explicit argument {value}</source>
        <translation>参数 {name}：不接受值 {value}</translation>
    </message>
    <message>
        <source>argument {name}: expected one argument</source>
        <translation>参数 {name}：需要一个值</translation>
    </message>
    <message>
        <source>argument {name}: expected {count} arguments</source>
        <translation>参数 {name}：需要{count}个值</translation>
    </message>
    <message>
        <source>usage: </source>
        <translation>用法：</translation>
    </message>
    <message>
        <source>an expression or the layers of a network in quotes, a model&apos;s name (see gradviz models), path/to/file.py:Name, a file of torch.export or TorchScript (.pt2, .pt), or a session or recorded pass (.gviz); gradviz graph takes an ONNX file (.onnx) too</source>
        <translation>引号中的表达式或网络的各层、模型的名称（见 gradviz models）、path/to/file.py:Name、torch.export 或 TorchScript 的文件（.pt2、.pt），或会话或记录（.gviz）；gradviz graph 还接受 ONNX 文件（.onnx）</translation>
    </message>
    <message>
        <source>With --e parameter it is a parameter.</source>
        <extracomment>The option by which e is taken otherwise than it is.</extracomment>
        <translation>用 --e parameter 则把它当作参数。</translation>
    </message>
    <message>
        <source>With --e number it is Euler&apos;s number, 2.718…</source>
        <translation>用 --e number 则把它当作自然常数 2.718……</translation>
    </message>
    <message>
        <source>With --e number or --e parameter it is one of them everywhere.</source>
        <translation>用 --e number 或 --e parameter 则处处按其中一种理解。</translation>
    </message>
    <message>
        <source>{help} (default {usual})</source>
        <translation>{help}（默认 {usual}）</translation>
    </message>
    <message>
        <source>default cpu (see gradviz devices)</source>
        <translation>默认 cpu（见 gradviz devices）</translation>
    </message>
    <message>
        <source>the seed of the parameters&apos; initial values, default 0</source>
        <translation>参数初始值的随机种子，默认 0</translation>
    </message>
    <message>
        <source>for classifier: where FashionMNIST&apos;s four .gz files are (default: drawn shapes)</source>
        <translation>用于 classifier：FashionMNIST 的四个 .gz 文件所在的文件夹（默认：绘制的图形）</translation>
    </message>
    <message>
        <source>take each e of an expression as Euler&apos;s number or as a parameter; without it, e is the number where it has an exponent</source>
        <translation>把表达式中的每个 e 当作自然常数或参数；不给出时，带指数的 e 是自然常数</translation>
    </message>
    <message>
        <source>See gradviz graph {name}.</source>
        <translation>请用 gradviz graph {name}。</translation>
    </message>
    <message>
        <source>--data-folder is for the model {names}.</source>
        <translation>--data-folder 用于模型 {names}。</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>Leave out {option}.</source>
        <extracomment>By the name of its value each option that is about a pass, its values or its data. What these options are where nobody has given them.</extracomment>
        <translation>请去掉 {option}。</translation>
    </message>
    <message>
        <source>An ONNX file has one model, without a name.</source>
        <translation>ONNX 文件只有一个模型，没有名称。</translation>
    </message>
    <message>
        <source>Leave out the name.</source>
        <translation>请去掉名称。</translation>
    </message>
    <message>
        <source>show the graph of the gradient, whose backward gives a Hessian-vector product</source>
        <translation>显示梯度的计算图，对它反向传播得到 Hessian 与向量的乘积</translation>
    </message>
    <message>
        <source>differentiate so often (default 1; 2 with --create-graph)</source>
        <translation>求导的阶数（默认 1；有 --create-graph 时为 2）</translation>
    </message>
    <message>
        <source>with --create-graph: ones, gradient, random (from the seed), or a leaf such as d or weight[3] (default ones)</source>
        <translation>配合 --create-graph：ones、gradient、random（由随机种子产生），或叶子，例如 d 或 weight[3]（默认 ones）</translation>
    </message>
    <message>
        <source>TB, LR, BT or RL: edges run down (default), right, up or left; {along}</source>
        <translation>TB、LR、BT 或 RL：边向下（默认）、向右、向上或向左；{along}</translation>
    </message>
    <message>
        <source>--direction is for the graph of the gradient.</source>
        <translation>--direction 用于梯度的计算图。</translation>
    </message>
    <message>
        <source>Add --create-graph.</source>
        <translation>请加上 --create-graph。</translation>
    </message>
    <message>
        <source>your own model</source>
        <translation>你自己的模型</translation>
    </message>
    <message>
        <source>for a MODEL such as path/to/file.py:Name</source>
        <translation>用于 path/to/file.py:Name 这样的 MODEL</translation>
    </message>
    <message>
        <source>what its class is called with, such as &quot;in_features=4, bias=True&quot;</source>
        <translation>调用其类的参数，例如 &quot;in_features=4, bias=True&quot;</translation>
    </message>
    <message>
        <source>the example inputs, such as &quot;randn(2, 3); randint(0, 9, (2,))&quot;, or nested in tuples, lists and dicts: &quot;randn(5, 4); (zeros(8), zeros(8))&quot; (default: example_inputs() in the file)</source>
        <translation>示例输入，例如 &quot;randn(2, 3); randint(0, 9, (2,))&quot;，或嵌套在元组、列表和字典中：&quot;randn(5, 4); (zeros(8), zeros(8))&quot;（默认：文件中的 example_inputs()）</translation>
    </message>
    <message>
        <source>the output to differentiate, such as logits or 0 or hidden[0] (default: the first tensor, or loss(output) in the file)</source>
        <translation>要求导的输出，例如 logits、0 或 hidden[0]（默认：第一个张量，或文件中的 loss(output)）</translation>
    </message>
    <message>
        <source>load the weights in this .safetensors or .pt file</source>
        <translation>加载这个 .safetensors 或 .pt 文件中的权重</translation>
    </message>
    <message>
        <source>run the code in the file, and in those that it imports from its folder, with your rights, and remember this for their contents</source>
        <translation>以你的权限运行这个文件以及它从所在文件夹导入的文件中的代码，并记住对这些内容的信任</translation>
    </message>
    <message>
        <source>trust this file of its folder too, which is imported by a name that only a run knows</source>
        <translation>也信任文件夹中的这个文件，它的导入名称只有运行时才知道</translation>
    </message>
    <message>
        <source>Use -o to write a file.</source>
        <translation>要写入文件请用 -o。</translation>
    </message>
    <message>
        <source>{option} is for a model in a file of yours.</source>
        <translation>{option} 用于你自己文件中的模型。</translation>
    </message>
    <message>
        <source>{path} does not lie in the folder of {file}.</source>
        <translation>{path} 不在 {file} 所在的文件夹中。</translation>
    </message>
    <message>
        <source>Only what lies there needs trust.</source>
        <translation>只有那里的文件需要信任。</translation>
    </message>
    <message>
        <source>{path} is not trusted with what stands in it now.</source>
        <translation>{path} 现在的内容还不受信任。</translation>
    </message>
    <message>
        <source>{file} imports what is not trusted: {names}.</source>
        <translation>{file} 导入了不受信任的文件：{names}。</translation>
    </message>
    <message>
        <source>{name}, which {file} imports, has changed since it was trusted.</source>
        <translation>{file} 导入的 {name} 在受信任之后改变了。</translation>
    </message>
    <message>
        <source>{name}, which {file} imports, is not trusted.</source>
        <translation>{file} 导入的 {name} 不受信任。</translation>
    </message>
    <message numerus="yes">
        <source>Look through them, then give --trust: their code runs with your rights.</source>
        <comment>Look through it, then give --trust: its code runs with your rights.</comment>
        <translation>
            <numerusform>请先查看内容，再给出 --trust：代码会以你的权限运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>trusted with {file} is what it imports from its folder: {names}.</source>
        <translation>随 {file} 一起受信任的是它从所在文件夹导入的文件：{names}。</translation>
    </message>
    <message>
        <source>{name} (changed)</source>
        <translation>{name}（已改变）</translation>
    </message>
    <message>
        <source>for print</source>
        <translation>用于印刷</translation>
    </message>
    <message>
        <source>with -o: thin dark lines on white, the size in millimetres, the fonts in the file; a PNG image has {dpi} dpi unless --dpi tells others</source>
        <translation>配合 -o：白底深色细线，尺寸以毫米计，字体包含在文件中；PNG 图像为 {dpi} dpi，除非 --dpi 另有指定</translation>
    </message>
    <message>
        <source>the width of the file in millimetres (default {width}, a column)</source>
        <translation>文件的宽度，单位毫米（默认{width}，即一栏）</translation>
    </message>
    <message>
        <source>write TEXT beneath; without it the model, the training step, the output and the step of the gradients</source>
        <translation>在下方写上 TEXT；不给出时写模型、训练步、输出和梯度所在的步</translation>
    </message>
    <message>
        <source>{option} is for a drawing for print.</source>
        <translation>{option} 用于印刷的图。</translation>
    </message>
    <message>
        <source>Add --style publication.</source>
        <translation>请加上 --style publication。</translation>
    </message>
    <message>
        <source>--style publication is for a file.</source>
        <translation>--style publication 用于文件。</translation>
    </message>
    <message>
        <source>Name it by -o.</source>
        <translation>请用 -o 给出文件。</translation>
    </message>
    <message>
        <source>Write such as &quot;LinearLR(total_iters=10), ExponentialLR(gamma=0.9)&quot;.</source>
        <translation>请写成 &quot;LinearLR(total_iters=10), ExponentialLR(gamma=0.9)&quot; 的形式。</translation>
    </message>
    <message>
        <source>how the learning rate changes with the steps (see gradviz schedulers; default: it stays as it is)</source>
        <translation>学习率如何随步数变化（见 gradviz schedulers；默认：保持不变）</translation>
    </message>
    <message>
        <source>an option of the scheduler, such as step_size=500; may be repeated</source>
        <translation>学习率调度器的选项，例如 step_size=500；可以重复给出</translation>
    </message>
    <message>
        <source>for SequentialLR and ChainedScheduler: the schedulers that it is made of, such as &quot;LinearLR(total_iters=10), ExponentialLR(gamma=0.9)&quot;</source>
        <translation>用于 SequentialLR 和 ChainedScheduler：组成它的学习率调度器，例如 &quot;LinearLR(total_iters=10), ExponentialLR(gamma=0.9)&quot;</translation>
    </message>
    <message>
        <source>for SequentialLR: the step at which each of them but the first begins, such as 10</source>
        <translation>用于 SequentialLR：除第一个外，每个从哪一步开始，例如 10</translation>
    </message>
    <message>
        <source>--scheduler-option is for a scheduler.</source>
        <translation>--scheduler-option 用于学习率调度器。</translation>
    </message>
    <message>
        <source>Name one: --scheduler StepLR.</source>
        <translation>请给出一个：--scheduler StepLR。</translation>
    </message>
    <message>
        <source>{option} is for a scheduler that is made of others.</source>
        <translation>{option} 用于由其他学习率调度器组成的调度器。</translation>
    </message>
    <message>
        <source>Name one: --scheduler SequentialLR.</source>
        <translation>请给出一个：--scheduler SequentialLR。</translation>
    </message>
    <message>
        <source>“{text}” is no milestone.</source>
        <translation>“{text}”不是步数。</translation>
    </message>
    <message>
        <source>Write numbers of steps, such as 10,50.</source>
        <translation>请写步数，例如 10,50。</translation>
    </message>
    <message>
        <source>“{text}” is no scheduler with its options.</source>
        <translation>“{text}”不是带选项的学习率调度器。</translation>
    </message>
    <message>
        <source>The brackets in “{text}” do not match.</source>
        <translation>“{text}”中的括号不配对。</translation>
    </message>
    <message>
        <source>the part that is shown</source>
        <extracomment>In place of a name: every group. So many names are told in place of one that does not exist. To compare a name with all of many names, or a long one, would take seconds.</extracomment>
        <translation>显示的部分</translation>
    </message>
    <message>
        <source>Without these, groups are open as deep as the whole picture can be read.</source>
        <translation>不给出这些选项时，分组会展开到整幅图仍能看清的深度。</translation>
    </message>
    <message>
        <source>open the groups of the first N levels; 0 opens none</source>
        <translation>展开前 N 层的分组；0 表示都不展开</translation>
    </message>
    <message>
        <source>open this group, such as h.3.attn, and those around it; may be given several times; all opens every group and draws every node</source>
        <translation>展开这个分组（例如 h.3.attn）及其外层分组；可以多次给出；all 展开所有分组并画出每个节点</translation>
    </message>
    <message>
        <source>show the inside of this group alone</source>
        <translation>只显示这个分组的内部</translation>
    </message>
    <message>
        <source>show equal groups in a row one by one</source>
        <translation>把相邻的相同分组逐个显示</translation>
    </message>
    <message>
        <source>leave out the operations that only reshape, such as views and transposes</source>
        <translation>省略只改变形状的运算，例如视图和转置</translation>
    </message>
    <message>
        <source>draw the parameters of modules, which are left out of a large graph</source>
        <translation>画出模块的参数，大的图中会省略它们</translation>
    </message>
    <message>
        <source>Use 0 or more.</source>
        <translation>请用 0 或更大的数。</translation>
    </message>
    <message>
        <source>--expand {name}: it is not within {root}.</source>
        <translation>--expand {name}：它不在 {root} 之内。</translation>
    </message>
    <message>
        <source>Leave out --focus, or focus on more.</source>
        <translation>请去掉 --focus，或聚焦更大的部分。</translation>
    </message>
    <message>
        <source>--focus {name}: there are {count} groups of this name.</source>
        <translation>--focus {name}：有{count}个分组叫这个名称。</translation>
    </message>
    <message>
        <source>Use the name of one: {names}.</source>
        <translation>请用其中一个的名称：{names}。</translation>
    </message>
    <message>
        <source>{option} {name}: there is no such group.</source>
        <translation>{option} {name}：没有这个分组。</translation>
    </message>
    <message>
        <source>The graph has none: no module, function or loop is known that made its nodes.</source>
        <translation>这个图没有分组：不知道是哪个模块、函数或循环产生了它的节点。</translation>
    </message>
    <message>
        <source>The nearest names are {names}.</source>
        <translation>最接近的名称是 {names}。</translation>
    </message>
    <message>
        <source>default 2000; a session (.gviz) goes on for so many more</source>
        <translation>默认 2000；会话（.gviz）会继续训练这么多步</translation>
    </message>
    <message>
        <source>default 2000, or as many as the session (.gviz) is set to</source>
        <translation>默认 2000，或会话（.gviz）所设的步数</translation>
    </message>
    <message>
        <source>train N steps first (default 0)</source>
        <translation>先训练 N 步（默认 0）</translation>
    </message>
    <message>
        <source>learning rate (default: what suits the model)</source>
        <translation>学习率（默认：适合模型的值）</translation>
    </message>
    <message>
        <source>see gradviz optimizers (default: what suits the model)</source>
        <translation>见 gradviz optimizers（默认：适合模型的优化器）</translation>
    </message>
    <message>
        <source>a hyperparameter of the optimizer, such as betas=0.9,0.99; may be repeated</source>
        <translation>优化器的超参数，例如 betas=0.9,0.99；可以重复给出</translation>
    </message>
    <message>
        <source>such as &quot;L1Loss, mean&quot;; for your own model with --target, such as CrossEntropyLoss</source>
        <translation>例如 &quot;L1Loss, mean&quot;；你自己的模型配合 --target，例如 CrossEntropyLoss</translation>
    </message>
    <message>
        <source>gradient of {name}: {value}</source>
        <translation>{name} 的梯度：{value}</translation>
    </message>
    <message>
        <source>{derivative} of {name}: {value}</source>
        <translation>{name} 的{derivative}：{value}</translation>
    </message>
    <message>
        <source>autograd&apos;s gradient of {name}: {value}, relative difference {difference}</source>
        <translation>autograd 求得的 {name} 的梯度：{value}，相对差 {difference}</translation>
    </message>
    <message>
        <source>value not known</source>
        <translation>值未知</translation>
    </message>
    <message>
        <source>forward {step:3}</source>
        <translation>前向 {step:3}</translation>
    </message>
    <message>
        <source>from {sources}</source>
        <extracomment>So many sources of an item are named.</extracomment>
        <translation>来自 {sources}</translation>
    </message>
    <message>
        <source>no gradient of {name} ({reason}): {sentence}</source>
        <translation>{name} 没有梯度（{reason}）：{sentence}</translation>
    </message>
    <message>
        <source>in no parameters(), so never trained: {names}</source>
        <translation>不在 parameters() 中，所以从不训练：{names}</translation>
    </message>
    <message>
        <source>Keep layers in nn.ModuleList or nn.ModuleDict, and tensors as nn.Parameter.</source>
        <translation>请把层放在 nn.ModuleList 或 nn.ModuleDict 中，把张量存为 nn.Parameter。</translation>
    </message>
    <message>
        <source>(as {name})</source>
        <translation>（作为 {name}）</translation>
    </message>
    <message>
        <source>its own backward, {place}, which calls what was saved {names}:</source>
        <translation>自己的 backward，{place}，其中把保存的值称为 {names}：</translation>
    </message>
    <message>
        <source>its own backward, {place}:</source>
        <translation>自己的 backward，{place}：</translation>
    </message>
    <message>
        <source>local {value}</source>
        <translation>局部 {value}</translation>
    </message>
    <message>
        <source>result {value}</source>
        <translation>结果 {value}</translation>
    </message>
    <message>
        <source>{numbers}; of {named}</source>
        <translation>{numbers}；取自 {named}</translation>
    </message>
    <message>
        <source>made by:</source>
        <translation>产生自：</translation>
    </message>
    <message>
        <source>a leaf</source>
        <translation>叶子</translation>
    </message>
    <message>
        <source>the backward of {line}</source>
        <translation>{line} 的反向传播</translation>
    </message>
    <message>
        <source>{shape} without values</source>
        <translation>{shape} 没有值</translation>
    </message>
    <message>
        <source>{shape} norm not finite</source>
        <translation>{shape} 范数非有限</translation>
    </message>
    <message>
        <source>{shape} norm {norm}</source>
        <translation>{shape} 范数 {norm}</translation>
    </message>
    <message>
        <source>{model} was ended by signal {signal}.</source>
        <translation>{model} 被信号 {signal} 终止。</translation>
    </message>
    <message>
        <source>print the script that does the same in plain PyTorch</source>
        <translation>输出用纯 PyTorch 做同样事情的脚本</translation>
    </message>
    <message>
        <source>write to this file; a file of that name is replaced</source>
        <translation>写入这个文件；同名文件会被替换</translation>
    </message>
    <message>
        <source>wrote {path}</source>
        <translation>已写入 {path}</translation>
    </message>
    <message>
        <source>print the completion of a shell</source>
        <extracomment>What stands for the path of a file or of a folder in the help.</extracomment>
        <translation>输出 shell 的自动补全脚本</translation>
    </message>
    <message>
        <source>tell what changed between two backward passes</source>
        <extracomment>What a pass before any training is not recorded with. Longer lists of changes end with their number.</extracomment>
        <translation>说明两次反向传播之间的变化</translation>
    </message>
    <message>
        <source>the model of the second pass (default: the same)</source>
        <translation>第二次的模型（默认：同一个）</translation>
    </message>
    <message>
        <source>train N steps before the second pass; given twice, before the first and the second</source>
        <translation>第二次之前训练 N 步；给出两次时，分别在第一次和第二次之前</translation>
    </message>
    <message>
        <source>the seed of the second pass (default: --seed)</source>
        <translation>第二次的随机种子（默认：--seed）</translation>
    </message>
    <message>
        <source>the point of the second pass, written as that of --at (default: --at)</source>
        <translation>第二次的点，写法同 --at（默认：--at）</translation>
    </message>
    <message>
        <source>end with exit code 1 where anything changed</source>
        <translation>有任何变化时以退出码 1 结束</translation>
    </message>
    <message>
        <source>Two passes are compared.</source>
        <translation>只比较两次传播。</translation>
    </message>
    <message>
        <source>Give --at-step at most twice.</source>
        <translation>--at-step 最多给出两次。</translation>
    </message>
    <message>
        <source>compared with {title}:</source>
        <translation>与 {title} 比较：</translation>
    </message>
    <message>
        <source>and {shown} more</source>
        <translation>还有{shown}处</translation>
    </message>
    <message>
        <source>difference {number}</source>
        <translation>差{number}</translation>
    </message>
    <message>
        <source>relative {number}</source>
        <translation>相对{number}</translation>
    </message>
    <message>
        <source>ratio {number}</source>
        <translation>比值{number}</translation>
    </message>
    <message>
        <source>written {path}</source>
        <extracomment>What is told of each file, and where there is none.</extracomment>
        <translation>已写入 {path}</translation>
    </message>
    <message>
        <source>nothing is to be written</source>
        <translation>没有要写入的内容</translation>
    </message>
    <message>
        <source>removed {path}</source>
        <translation>已移除 {path}</translation>
    </message>
    <message>
        <source>nothing is to be removed</source>
        <translation>没有要移除的内容</translation>
    </message>
    <message>
        <source>try out the installation, and tell what mends it</source>
        <translation>检查安装是否可用，并说明如何修复</translation>
    </message>
    <message>
        <source>put gradviz into the menus of a Linux desktop, and open .gviz files with it</source>
        <translation>把 gradviz 放进 Linux 桌面的菜单，并用它打开 .gviz 文件</translation>
    </message>
    <message>
        <source>take it out of the menus again</source>
        <translation>再把它从菜单中移除</translation>
    </message>
    <message>
        <source>trying the installation</source>
        <translation>正在检查安装</translation>
    </message>
    <message>
        <source>{name} tried</source>
        <translation>已检查 {name}</translation>
    </message>
    <message>
        <source>{parts}: {works} work, {absent} absent, {broken} broken</source>
        <translation>{parts}：{works}项正常，{absent}项缺少，{broken}项损坏</translation>
    </message>
    <message numerus="yes">
        <source>{count} parts</source>
        <comment>{count} part</comment>
        <translation>
            <numerusform>{count}项</numerusform>
        </translation>
    </message>
    <message>
        <source>write the graph to files, or a moving picture of it</source>
        <translation>把计算图写入文件，或写成动画</translation>
    </message>
    <message>
        <source>write to FILE{suffixes}; may be repeated; a file of that name is replaced</source>
        <translation>写入 FILE{suffixes}；可以重复给出；同名文件会被替换</translation>
    </message>
    <message>
        <source>What is to move in {file}?</source>
        <translation>{file} 中应该动的是什么？</translation>
    </message>
    <message>
        <source>Add --animate train or --animate backward.</source>
        <translation>请加上 --animate train 或 --animate backward。</translation>
    </message>
    <message>
        <source>A moving picture is one file.</source>
        <translation>动画只有一个文件。</translation>
    </message>
    <message>
        <source>Give -o once.</source>
        <translation>-o 只给出一次。</translation>
    </message>
    <message>
        <source>The graph of a compiled function does not move.</source>
        <translation>编译后函数的图不会动。</translation>
    </message>
    <message>
        <source>A moving picture is not for print.</source>
        <translation>动画不能用于印刷。</translation>
    </message>
    <message>
        <source>Leave out --style or --animate.</source>
        <translation>请去掉 --style 或 --animate。</translation>
    </message>
    <message>
        <source>its loss over all points too, with the derivative by each parameter</source>
        <translation>还输出它在所有点上的损失，以及对每个参数的导数</translation>
    </message>
    <message>
        <source>print an expression, or a network, and its derivatives as LaTeX</source>
        <translation>用 LaTeX 输出表达式或网络，以及其导数</translation>
    </message>
    <message>
        <source>an expression or the layers of a network in quotes, or the name of a ready-made model that is an expression</source>
        <translation>引号中的表达式或网络的各层，或本身是表达式的现成模型的名称</translation>
    </message>
    <message>
        <source>of a fit, such as &quot;MSELoss, mean&quot; (default: that which the model has of itself)</source>
        <translation>拟合的损失，例如 &quot;MSELoss, mean&quot;（默认：模型自带的损失）</translation>
    </message>
    <message>
        <source>derivatives up to this order, of a function of one input alone</source>
        <translation>直到这个阶数的导数，只用于一个输入的函数</translation>
    </message>
    <message>
        <source>write the formulas, set as mathematics, to this file, which is replaced</source>
        <translation>把排好版的公式写入这个文件，原文件会被替换</translation>
    </message>
    <message>
        <source>There is nothing to fit.</source>
        <translation>没有可以拟合的东西。</translation>
    </message>
    <message>
        <source>Type an expression with a parameter, such as a + b x.</source>
        <translation>请输入带参数的表达式，例如 a + b x。</translation>
    </message>
    <message>
        <source>The model {name} is no expression, so there is no formula of it.</source>
        <translation>模型 {name} 不是表达式，所以没有公式。</translation>
    </message>
    <message>
        <source>gradviz step NAME --rules shows the formula of each of its steps.</source>
        <translation>gradviz step NAME --rules 会显示它每一步的公式。</translation>
    </message>
    <message>
        <source>{file} is no SVG file.</source>
        <translation>{file} 不是 SVG 文件。</translation>
    </message>
    <message>
        <source>Write to a name that ends in .svg.</source>
        <translation>请写入以 .svg 结尾的文件。</translation>
    </message>
    <message>
        <source>print the graph that PyTorch built, or write it to a file</source>
        <extracomment>What a pipe gets, whose name tells no format.</extracomment>
        <translation>输出 PyTorch 构建的计算图，或写入文件</translation>
    </message>
    <message>
        <source>write to FILE{suffixes}; a file of that name is replaced, a pipe is written to</source>
        <translation>写入 FILE{suffixes}；同名文件会被替换，管道则直接写入</translation>
    </message>
    <message>
        <source>show the forward and the backward graph that torch.compile made of the compiled function of this node, such as CompiledFunction</source>
        <translation>显示 torch.compile 为这个节点（例如 CompiledFunction）的编译后函数生成的前向图和反向图</translation>
    </message>
    <message>
        <source>with -o: the format, where the name of FILE does not tell it (a pipe: svg)</source>
        <translation>配合 -o：格式，用于 FILE 的名称看不出格式时（管道：svg）</translation>
    </message>
    <message>
        <source>with -o: N pixels of a PNG image for each pixel of the picture (default 2), fewer where the image would be too large</source>
        <translation>配合 -o：图中每个像素对应 PNG 图像的 N 个像素（默认 2），图像会过大时更少</translation>
    </message>
    <message>
        <source>with -o: N pixels of a PNG image for each inch, as print wants it, such as 300; --scale 1 is {dpi}</source>
        <translation>配合 -o：PNG 图像每英寸 N 个像素，供印刷使用，例如 300；--scale 1 相当于 {dpi}</translation>
    </message>
    <message>
        <source>with -o: leave out the ground of a drawing, so that a page shows through</source>
        <translation>配合 -o：不画背景，使页面透出来</translation>
    </message>
    <message>
        <source>with -o: name nodes by the operations of the forward pass, such as Add, or as PyTorch&apos;s backward does, AddBackward0 (default forward, in a .dot file backward)</source>
        <translation>配合 -o：用前向传播的运算命名节点，例如 Add，或像 PyTorch 的反向传播那样命名，AddBackward0（默认 forward，.dot 文件中为 backward）</translation>
    </message>
    <message>
        <source>with -o: show the gradients after N steps of the backward pass (default 0)</source>
        <translation>配合 -o：显示反向传播 N 步之后的梯度（默认 0）</translation>
    </message>
    <message>
        <source>{first} or {last}</source>
        <translation>{first} 或 {last}</translation>
    </message>
    <message>
        <source>A compiled graph has no steps.</source>
        <translation>编译后的图没有步骤。</translation>
    </message>
    <message>
        <source>{node} has no compiled graph.</source>
        <translation>{node} 没有编译后的图。</translation>
    </message>
    <message>
        <source>--loss is for a model in a file of yours here.</source>
        <translation>在这里 --loss 用于你自己文件中的模型。</translation>
    </message>
    <message>
        <source>Leave it out, or see gradviz step --at-step N --loss NAME.</source>
        <translation>请去掉它，或看 gradviz step --at-step N --loss NAME。</translation>
    </message>
    <message>
        <source>drawing the graph</source>
        <translation>正在绘制计算图</translation>
    </message>
    <message>
        <source>the graph is {layout}</source>
        <translation>计算图{layout}</translation>
    </message>
    <message>
        <source>{dpi:g} dpi do not work.</source>
        <translation>{dpi:g} dpi 不可用。</translation>
    </message>
    <message>
        <source>{path} does not end in the name of a format.</source>
        <translation>{path} 的结尾不是格式的名称。</translation>
    </message>
    <message>
        <source>Use one of {suffixes}, or --format.</source>
        <translation>请用 {suffixes} 之一，或 --format。</translation>
    </message>
    <message>
        <source>open the window on a lesson, list the lessons, or check one of your own</source>
        <translation>在窗口中打开一个课程、列出课程，或检查你自己的课程</translation>
    </message>
    <message>
        <source>the lesson to open the window on</source>
        <translation>要在窗口中打开的课程</translation>
    </message>
    <message>
        <source>list the lessons</source>
        <translation>列出课程</translation>
    </message>
    <message>
        <source>tell the faults of a lesson of your own</source>
        <translation>指出你自己的课程中的错误</translation>
    </message>
    <message>
        <source>list the lessons in this language: zh_CN</source>
        <translation>列出这种语言的课程：zh_CN</translation>
    </message>
    <message>
        <source>{file}, {fault}</source>
        <translation>{file}，{fault}</translation>
    </message>
    <message>
        <source>{file} has no faults.</source>
        <translation>{file} 没有错误。</translation>
    </message>
    <message>
        <source>Without a window, `gradviz lesson --check FILE` works.</source>
        <translation>没有窗口时可以用 `gradviz lesson --check FILE`。</translation>
    </message>
    <message>
        <source>in turn</source>
        <extracomment>How the schedulers work that another one is made of.</extracomment>
        <translation>依次</translation>
    </message>
    <message>
        <source>together</source>
        <translation>同时</translation>
    </message>
    <message>
        <source>list the ready-made models</source>
        <translation>列出现成的模型</translation>
    </message>
    <message>
        <source>list the optimizers and their options</source>
        <translation>列出优化器及其选项</translation>
    </message>
    <message>
        <source>list the learning rate schedulers and their options</source>
        <translation>列出学习率调度器及其选项</translation>
    </message>
    <message>
        <source>list the devices that torch offers here</source>
        <translation>列出 torch 在这里提供的设备</translation>
    </message>
    <message>
        <source>--lr is its max_lr</source>
        <translation>--lr 是它的 max_lr</translation>
    </message>
    <message>
        <source>starts from --lr</source>
        <translation>从 --lr 开始</translation>
    </message>
    <message>
        <source>print one backward pass, step by step</source>
        <translation>逐步输出一次反向传播</translation>
    </message>
    <message>
        <source>train N steps first, and tell what the last of them did</source>
        <translation>先训练 N 步，并说明最后一步做了什么</translation>
    </message>
    <message>
        <source>say each step in plain words too (JSON always does)</source>
        <translation>还用普通的话说明每一步（JSON 总是如此）</translation>
    </message>
    <message>
        <source>print each step&apos;s formula with its numbers in it (JSON always does)</source>
        <translation>输出每一步代入数值的公式（JSON 总是如此）</translation>
    </message>
    <message>
        <source>print the line of Python that made each node</source>
        <translation>输出产生每个节点的 Python 代码行</translation>
    </message>
    <message>
        <source>There are no values to check, only shapes.</source>
        <extracomment>The gradients that a backward pass starts with: of the one output, or of each by its name.</extracomment>
        <translation>只有形状，没有可检验的值。</translation>
    </message>
    <message>
        <source>Capture the same computation with values, such as on the CPU.</source>
        <translation>请用带数值的张量捕获同样的计算，例如在 CPU 上。</translation>
    </message>
    <message>
        <source>The gradient does not fit the outputs.</source>
        <translation>给出的梯度与输出不相符。</translation>
    </message>
    <message>
        <source>Give one tensor for each, of its shape: {shapes}.</source>
        <translation>请为每个输出给出一个形状相同的张量：{shapes}。</translation>
    </message>
    <message>
        <source>There is no tensor in this {type}.</source>
        <translation>这个 {type} 中没有张量。</translation>
    </message>
    <message>
        <source>Give the output of a computation: a tensor, or a tuple, list or dict of tensors.</source>
        <translation>请给出计算的输出：一个张量，或由张量组成的元组、列表或字典。</translation>
    </message>
    <message>
        <source>The output has no graph: it does not require a gradient.</source>
        <translation>输出没有计算图：它不需要梯度。</translation>
    </message>
    <message>
        <source>Give a result of tensors that require one, before detach() and outside of no_grad().</source>
        <translation>请给出由需要梯度的张量算出的结果，在 detach() 之前，且不在 no_grad() 中。</translation>
    </message>
    <message>
        <source>A captured module has no loss.</source>
        <translation>捕获的模块没有损失。</translation>
    </message>
    <message>
        <source>Capture the loss itself.</source>
        <translation>请捕获损失本身。</translation>
    </message>
    <message numerus="yes">
        <source>The module has {count} outputs with a graph, and one can be run again.</source>
        <comment>The module has {count} output with a graph, and one can be run again.</comment>
        <translation>
            <numerusform>模块有 {count} 个带计算图的输出，而只有单个输出才能再次运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Capture a module that returns one of them.</source>
        <translation>请捕获只返回其中一个的模块。</translation>
    </message>
    <message>
        <source>Give inputs that it can be called with: a tensor, a tuple of arguments, or a dict of arguments by their names.</source>
        <translation>请给出可用来调用它的输入：一个张量、由参数组成的元组，或按名称给出参数的字典。</translation>
    </message>
    <message>
        <source>There is no tensor in {argument}, which is a value of type {type}.</source>
        <translation>{argument} 中没有张量，它是类型为 {type} 的值。</translation>
    </message>
    <message>
        <source>Give a module, or a dict of names and tensors, as dict(model.named_parameters()).</source>
        <translation>请给出一个模块，或名称与张量的字典，例如 dict(model.named_parameters())。</translation>
    </message>
    <message>
        <source>Finite differences need the forward pass once more, and it cannot be run from here: capture(module, inputs=…) runs it.</source>
        <translation>有限差分需要再运行一次前向传播，而从这里无法运行：capture(module, inputs=…) 可以运行它。</translation>
    </message>
    <message>
        <source>{name} got no gradient: a node on the way passed no gradient on.</source>
        <translation>{name} 没有得到梯度：途中某个节点没有把梯度传下去。</translation>
    </message>
    <message>
        <source>{name} got no gradient: the output was computed without it, or what was computed from it was detached.</source>
        <translation>{name} 没有得到梯度：计算输出时没有用到它，或由它算出的结果被分离了。</translation>
    </message>
    <message>
        <source>capture(module, inputs=…) runs the forward pass, and tells the line.</source>
        <translation>capture(module, inputs=…) 会运行前向传播，并指出是哪一行。</translation>
    </message>
    <message>
        <source>There is not enough memory for this model.</source>
        <translation>内存不足，无法运行这个模型。</translation>
    </message>
    <message>
        <source>Use fewer points, or another device.</source>
        <translation>请减少数据点，或换一个设备。</translation>
    </message>
    <message>
        <source>The model&apos;s own code</source>
        <translation>模型自身的代码</translation>
    </message>
    <message>
        <source>PyTorch&apos;s side failed: {error}</source>
        <translation>PyTorch 一侧出错：{error}</translation>
    </message>
    <message>
        <source>an index of Python</source>
        <extracomment>Those that are told in words.</extracomment>
        <translation>Python 的索引</translation>
    </message>
    <message>
        <source>a question of Python&apos;s, such as if</source>
        <translation>Python 的判断（如 if）</translation>
    </message>
    <message>
        <source>Use torch.stack or torch.cat, or the tensor itself: torch.tensor copies its value.</source>
        <translation>请用 torch.stack 或 torch.cat，或直接用张量本身：torch.tensor 只复制它的值。</translation>
    </message>
    <message>
        <source>Use torch.stack or torch.cat, or the tensor itself.</source>
        <translation>请用 torch.stack 或 torch.cat，或直接用张量本身。</translation>
    </message>
    <message>
        <source>Give torch.autograd.grad create_graph=True.</source>
        <translation>请给 torch.autograd.grad 传入 create_graph=True。</translation>
    </message>
    <message>
        <source>Use softmax in its place, or what was found as an index alone.</source>
        <translation>请用 softmax 代替它，或只把找到的结果当作索引。</translation>
    </message>
    <message>
        <source>{name} has the dtype {dtype}, which has no gradient: only floating-point and complex tensors have one.</source>
        <extracomment>It makes new leaves, with the values of the parameters of several modules.</extracomment>
        <translation>{name} 的数据类型是 {dtype}，它没有梯度：只有浮点和复数张量才有。</translation>
    </message>
    <message>
        <source>requires_grad of {name} is False, so PyTorch keeps no graph for it.</source>
        <translation>{name} 的 requires_grad 是 False，所以 PyTorch 不为它保存计算图。</translation>
    </message>
    <message>
        <source>Make {name} with requires_grad=True, if its gradient is wanted.</source>
        <translation>如果需要 {name} 的梯度，请用 requires_grad=True 创建它。</translation>
    </message>
    <message>
        <source>Set {name}.requires_grad_() before the forward pass.</source>
        <translation>请在前向传播之前调用 {name}.requires_grad_()。</translation>
    </message>
    <message>
        <source>Call requires_grad_() of the parameter {name} before the forward pass.</source>
        <translation>请在前向传播之前调用参数 {name} 的 requires_grad_()。</translation>
    </message>
    <message>
        <source>{name} is not a leaf: {operation} computed it, and PyTorch keeps the gradients of leaves alone.</source>
        <translation>{name} 不是叶子：它由 {operation} 算出，而 PyTorch 只保留叶子的梯度。</translation>
    </message>
    <message>
        <source>an operation</source>
        <translation>某个运算</translation>
    </message>
    <message>
        <source>Make the computed tensor the leaf, as nn.Parameter(…) does, or call {name}.retain_grad().</source>
        <translation>请让算出的张量成为叶子，例如用 nn.Parameter(…)，或调用 {name}.retain_grad()。</translation>
    </message>
    <message>
        <source>{name} is not used for this output.</source>
        <translation>{name} 没有用于这个输出。</translation>
    </message>
    <message>
        <source>Compute the output from it, or leave it out of the model.</source>
        <translation>请用它来计算输出，或从模型中去掉它。</translation>
    </message>
    <message>
        <source>{line} puts a new parameter in the place of {name} at every call of forward. The output follows from the new one, and training moves the first.</source>
        <translation>{line}在每次调用 forward 时都用新的参数替换 {name}。输出由新的参数得出，而训练更新的是最初的那个。</translation>
    </message>
    <message>
        <source>Make the parameter in __init__ alone; to set its values in forward, use copy_() under torch.no_grad().</source>
        <translation>请只在 __init__ 中创建参数；要在 forward 中设置它的值，请在 torch.no_grad() 下使用 copy_()。</translation>
    </message>
    <message>
        <source>{name} is in no graph of this output, and this version of PyTorch does not tell whether the output depends on its value.</source>
        <translation>{name} 不在这个输出的计算图中，而这个版本的 PyTorch 不能说明输出是否依赖它的值。</translation>
    </message>
    <message>
        <source>Look whether the output is computed from it.</source>
        <translation>请检查输出是否由它算出。</translation>
    </message>
    <message>
        <source>{line} uses {name}. The output depends on its value, and there or later its gradient is lost within code that PyTorch does not show, such as C++ or a compiled function.</source>
        <translation>{line}使用了 {name}。输出依赖它的值，而它的梯度在那里或之后丢失于 PyTorch 不显示的代码中，例如 C++ 或编译过的函数。</translation>
    </message>
    <message>
        <source>Look at what is called with it, or compute that with functions of PyTorch.</source>
        <translation>请查看用它调用了什么，或改用 PyTorch 的函数来计算。</translation>
    </message>
    <message>
        <source>{line} runs under {mode}</source>
        <translation>{line}在 {mode} 下运行</translation>
    </message>
    <message>
        <source>{line} takes a value out of PyTorch with {call}</source>
        <translation>{line}用 {call} 把值取出了 PyTorch</translation>
    </message>
    <message>
        <source>{line} cuts the gradient with {call}</source>
        <translation>{line}用 {call} 切断了梯度</translation>
    </message>
    <message>
        <source>a line that is not known</source>
        <translation>未知的一行</translation>
    </message>
    <message>
        <source>line {line} of {file}</source>
        <translation>{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>A line that is not known</source>
        <translation>未知的一行</translation>
    </message>
    <message>
        <source>Line {line} of {file}</source>
        <translation>{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>{line} computes with {name} in {function}.forward what has no gradient: it is marked as not differentiable, or is not among what forward returns.</source>
        <translation>{line}在 {function}.forward 中用 {name} 算出的结果没有梯度：它被标记为不可求导，或不在 forward 的返回值中。</translation>
    </message>
    <message>
        <source>Return it from {function}.forward without ctx.mark_non_differentiable.</source>
        <translation>请从 {function}.forward 返回它，不要用 ctx.mark_non_differentiable。</translation>
    </message>
    <message>
        <source>{line} uses {name} within a checkpoint with use_reentrant=True, to which no input with a gradient was given.</source>
        <translation>{line}在 use_reentrant=True 的检查点中使用了 {name}，而没有给它带梯度的输入。</translation>
    </message>
    <message>
        <source>Use use_reentrant=False, or give it an input that requires a gradient.</source>
        <translation>请用 use_reentrant=False，或给它一个需要梯度的输入。</translation>
    </message>
    <message>
        <source>{line} uses {name} within {function}.forward, where PyTorch records nothing, and it is no argument of apply.</source>
        <translation>{line}在 {function}.forward 中使用了 {name}，PyTorch 在那里不做记录，而它不是 apply 的参数。</translation>
    </message>
    <message>
        <source>Give {name} to {function}.apply, and return its gradient from backward.</source>
        <translation>请把 {name} 传给 {function}.apply，并从 backward 返回它的梯度。</translation>
    </message>
    <message>
        <source>{line} takes a value that depends on {name} out of PyTorch with {call}; nothing else of it reaches this output, and what follows from a number has no gradient.</source>
        <translation>{line}用 {call} 把依赖 {name} 的值取出了 PyTorch；它没有其他部分通向这个输出，而由普通数字得出的结果没有梯度。</translation>
    </message>
    <message>
        <source>Use the tensor itself in {line}.</source>
        <translation>请在 {line}使用张量本身。</translation>
    </message>
    <message>
        <source>{line} calls what cuts {name} off with {call}.</source>
        <translation>{line}所调用的代码用 {call} 切断了 {name} 的梯度。</translation>
    </message>
    <message>
        <source>{line} cuts {name} off with {call}.</source>
        <translation>{line}用 {call} 切断了 {name} 的梯度。</translation>
    </message>
    <message>
        <source>Remove {call} in {line}.</source>
        <translation>请去掉 {line}的 {call}。</translation>
    </message>
    <message>
        <source>Stack the parameters with torch.stack, which keeps their graph, or train what {function} returns.</source>
        <translation>请用 torch.stack 堆叠参数，它会保留计算图，或训练 {function} 返回的结果。</translation>
    </message>
    <message>
        <source>Call something in its place that keeps the graph.</source>
        <translation>请改用会保留计算图的调用。</translation>
    </message>
    <message>
        <source>{line} runs under {mode}, which begins in {beginning}: {call} keeps no graph to {name}.</source>
        <translation>{line}在 {mode} 下运行，它始于 {beginning}：{call} 不保留通向 {name} 的计算图。</translation>
    </message>
    <message>
        <source>{line} runs under {mode}: {call} keeps no graph to {name}.</source>
        <translation>{line}在 {mode} 下运行：{call} 不保留通向 {name} 的计算图。</translation>
    </message>
    <message>
        <source>Use rsample() in place of sample().</source>
        <translation>请用 rsample() 代替 sample()。</translation>
    </message>
    <message>
        <source>Move {line} out of {mode}.</source>
        <translation>请把 {line}移出 {mode}。</translation>
    </message>
    <message>
        <source>{line} makes {dtype} of {name} with {call}, and that dtype has no gradient.</source>
        <translation>{line}用 {call} 把 {name} 变成了 {dtype}，而这种数据类型没有梯度。</translation>
    </message>
    <message>
        <source>Use something smooth in its place, such as sigmoid.</source>
        <translation>请用平滑的函数代替它，例如 sigmoid。</translation>
    </message>
    <message>
        <source>Stay with floating-point numbers there.</source>
        <translation>请在那里保持浮点数。</translation>
    </message>
    <message>
        <source>what was computed from {name}</source>
        <extracomment>The node of an operation for which nobody has registered a backward.</extracomment>
        <translation>由 {name} 算出的结果</translation>
    </message>
    <message>
        <source>PyTorch has no backward for an operation that takes {tensor}; its node is named {node}.</source>
        <translation>PyTorch 没有为接收 {tensor} 的某个运算提供反向计算；它的节点名为 {node}。</translation>
    </message>
    <message>
        <source>Compute it with operations that have one: those of quantized layers have none.</source>
        <translation>请用有反向计算的运算：量化层的运算没有。</translation>
    </message>
    <message>
        <source>PyTorch&apos;s own backward of {node} passes no gradient on to {tensor}; why is not to be seen from outside.</source>
        <translation>PyTorch 自带的 {node} 反向计算没有把梯度传给 {tensor}；原因从外部看不出来。</translation>
    </message>
    <message>
        <source>{function}.backward returns None for {tensor}.</source>
        <translation>{function}.backward 为 {tensor} 返回了 None。</translation>
    </message>
    <message>
        <source>In {line}, {function}.backward returns None for {tensor}.</source>
        <translation>在 {line}，{function}.backward 为 {tensor} 返回了 None。</translation>
    </message>
    <message>
        <source>Return its gradient from {function}.backward.</source>
        <translation>请从 {function}.backward 返回它的梯度。</translation>
    </message>
    <message>
        <source>{line} changes it with {call}, and {needed} needs it as it was. Compute a new tensor there: y = y + 1 in place of y += 1, inplace=False for an activation, or clone() before the change.</source>
        <translation>{line}用 {call} 改动了它，而 {needed}需要它原来的值。请在那里计算一个新张量：用 y = y + 1 代替 y += 1，给激活函数设 inplace=False，或在改动之前调用 clone()。</translation>
    </message>
    <message>
        <source>{name} was computed once, with a graph, and is used in each call. Compute it in forward, or keep it with detach().</source>
        <translation>{name} 带着计算图只算了一次，却在每次调用中使用。请在 forward 中计算它，或用 detach() 保存它。</translation>
    </message>
    <message>
        <source>{name} is kept from one call to the next with its graph, in {line}. Detach it there: keep {name}.detach(), or detach it where the next call uses it.</source>
        <translation>{name} 连同它的计算图从一次调用保留到下一次，位置是 {line}。请在那里分离它：保存 {name}.detach()，或在下一次调用使用它的地方分离。</translation>
    </message>
    <message>
        <source>BCELoss raised: all elements of input should be between 0 and 1.</source>
        <translation>BCELoss 报错：输入的所有元素都应在 0 和 1 之间。</translation>
    </message>
    <message>
        <source>End forward in a sigmoid, or choose BCEWithLogitsLoss.</source>
        <translation>请让 forward 以 sigmoid 结尾，或选择 BCEWithLogitsLoss。</translation>
    </message>
    <message>
        <source>{loss} compares tensors of the output, and takes no target.</source>
        <translation>{loss} 比较输出中的张量，不需要目标。</translation>
    </message>
    <message>
        <source>Leave the target empty.</source>
        <translation>请让目标留空。</translation>
    </message>
    <message>
        <source>{names} and the {name}</source>
        <translation>{names}、{name}</translation>
    </message>
    <message numerus="yes">
        <source>{loss} needs the {targets} beside the output, and there are {count}.</source>
        <comment>{loss} needs the {targets} beside the output, and there is {count}.</comment>
        <translation>
            <numerusform>{loss} 除输出外还需要 {targets}，而这里给出了 {count} 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>{loss} needs the {targets} beside the output, and there is none.</source>
        <translation>{loss} 除输出外还需要 {targets}，而这里没有给出。</translation>
    </message>
    <message>
        <source>The output is {output}.</source>
        <translation>输出是 {output}。</translation>
    </message>
    <message>
        <source>The output is {output}, the target {target}.</source>
        <translation>输出是 {output}，目标是 {target}。</translation>
    </message>
    <message>
        <source>A target for it is such as {example}, and end forward in a sigmoid.</source>
        <translation>它的目标可以写成 {example}，并让 forward 以 sigmoid 结尾。</translation>
    </message>
    <message>
        <source>Return {names} of one shape.</source>
        <translation>请返回形状相同的 {names}。</translation>
    </message>
    <message>
        <source>A target for it is such as {example}.</source>
        <translation>它的目标可以写成 {example}。</translation>
    </message>
    <message>
        <source>A target is for a loss, and none is chosen.</source>
        <translation>目标是给损失用的，而这里没有选择损失。</translation>
    </message>
    <message>
        <source>Choose one, such as MSELoss.</source>
        <translation>请选择一个，例如 MSELoss。</translation>
    </message>
    <message>
        <source>{name} cannot be made so: {error}.</source>
        <translation>无法这样创建 {name}：{error}。</translation>
    </message>
    <message>
        <source>It takes {arguments}.</source>
        <translation>它的参数是 {arguments}。</translation>
    </message>
    <message>
        <source>forward takes {arguments}.</source>
        <translation>forward 的参数是 {arguments}。</translation>
    </message>
    <message>
        <source>The inputs are {inputs}.</source>
        <translation>输入是 {inputs}。</translation>
    </message>
    <message>
        <source>It was given no inputs.</source>
        <translation>没有给它任何输入。</translation>
    </message>
    <message>
        <source>The hooks are: {names}.</source>
        <translation>钩子有：{names}。</translation>
    </message>
    <message>
        <source>{hook} of {module}</source>
        <translation>{module} 的 {hook}</translation>
    </message>
    <message>
        <source>{hook} of the module</source>
        <translation>模块的 {hook}</translation>
    </message>
    <message>
        <source>{model} is quantized: the weights of {layer} are integers, without gradients.</source>
        <translation>{model} 是量化模型：{layer} 的权重是整数，没有梯度。</translation>
    </message>
    <message>
        <source>Open the model as it was before it was converted.</source>
        <translation>请打开转换之前的模型。</translation>
    </message>
    <message>
        <source>{model} has no parameters, so there is nothing to differentiate.</source>
        <translation>{model} 没有参数，因此没有可求导的内容。</translation>
    </message>
    <message>
        <source>Give it an nn.Parameter, or an input with requires_grad=True.</source>
        <translation>请给它一个 nn.Parameter，或一个 requires_grad=True 的输入。</translation>
    </message>
    <message numerus="yes">
        <source>{output} has no gradient: none of the {count} parameters of {model} requires one.</source>
        <comment>{output} has no gradient: the {count} parameter of {model} requires none.</comment>
        <translation>
            <numerusform>{output} 没有梯度：{model} 的 {count} 个参数都不需要梯度。</numerusform>
        </translation>
    </message>
    <message>
        <source>Set requires_grad of those that are to be trained.</source>
        <translation>请为要训练的参数设置 requires_grad。</translation>
    </message>
    <message>
        <source>{output} has no gradient: no parameter takes part in it as a tensor, and {reason}.</source>
        <extracomment>In the names of PyTorch&apos;s packages of quantized layers. More places than these are not listed: where the first are put right, the others show.</extracomment>
        <translation>{output} 没有梯度：没有参数作为张量参与其中，并且 {reason}。</translation>
    </message>
    <message>
        <source>Compute it from tensors that have one.</source>
        <translation>请用有梯度的张量来计算它。</translation>
    </message>
    <message>
        <source>{reasons}; {reason}</source>
        <translation>{reasons}；{reason}</translation>
    </message>
    <message>
        <source>{reasons}, and {count} more</source>
        <translation>{reasons}，另有 {count} 处</translation>
    </message>
    <message>
        <source>{output} has no gradient: {reasons}.</source>
        <translation>{output} 没有梯度：{reasons}。</translation>
    </message>
    <message>
        <source>{output} has no gradient: no parameter takes part in it.</source>
        <translation>{output} 没有梯度：没有参数参与其中。</translation>
    </message>
    <message>
        <source>Compute it from the parameters, or choose another output.</source>
        <translation>请用参数来计算它，或选择另一个输出。</translation>
    </message>
    <message>
        <source>example_inputs is no function.</source>
        <translation>example_inputs 不是函数。</translation>
    </message>
    <message>
        <source>Write def example_inputs(): ….</source>
        <translation>请写成 def example_inputs(): …。</translation>
    </message>
    <message>
        <source>{function} does not work so: {error}.</source>
        <translation>{function} 不能这样用：{error}。</translation>
    </message>
    <message>
        <source>Choose other numbers, or another dtype.</source>
        <translation>请换其他数字，或换一种数据类型。</translation>
    </message>
    <message>
        <source>forward needs {names}.</source>
        <translation>forward 需要 {names}。</translation>
    </message>
    <message>
        <source>Give example inputs, such as &quot;randn(2, 3)&quot;, or define example_inputs() in the file.</source>
        <translation>请给出示例输入，例如 &quot;randn(2, 3)&quot;，或在文件中定义 example_inputs()。</translation>
    </message>
    <message>
        <source>{name} on {device}</source>
        <translation>{name}（在 {device} 上）</translation>
    </message>
    <message>
        <source>{name} is a module already.</source>
        <translation>{name} 已经是一个模块。</translation>
    </message>
    <message>
        <source>Leave the arguments empty.</source>
        <translation>请让参数留空。</translation>
    </message>
    <message>
        <source>{name} is no nn.Module.</source>
        <translation>{name} 不是 nn.Module。</translation>
    </message>
    <message>
        <source>{name} returned {type}.</source>
        <translation>{name} 返回了 {type}。</translation>
    </message>
    <message>
        <source>Name a class of nn.Module, or a function that returns one.</source>
        <translation>请指定一个 nn.Module 类，或返回它的函数。</translation>
    </message>
    <message>
        <source>{file} has no class or function {name}.</source>
        <translation>{file} 中没有类或函数 {name}。</translation>
    </message>
    <message>
        <source>Its modules: {names}.</source>
        <translation>其中的模块：{names}。</translation>
    </message>
    <message>
        <source>Its modules: none.</source>
        <translation>其中没有模块。</translation>
    </message>
    <message>
        <source>There is no nn.Module in {file}.</source>
        <translation>{file} 中没有 nn.Module。</translation>
    </message>
    <message>
        <source>Define a class that derives from nn.Module, or a function that returns one.</source>
        <translation>请定义一个继承 nn.Module 的类，或返回它的函数。</translation>
    </message>
    <message>
        <source>{file} has {count} modules: {names}.</source>
        <translation>{file} 有 {count} 个模块：{names}。</translation>
    </message>
    <message>
        <source>Say which: {file}:{name}.</source>
        <translation>请指明是哪一个：{file}:{name}。</translation>
    </message>
    <message>
        <source>{type} of {parts}</source>
        <extracomment>Where a tensor is: keys and places, from the outside in.</extracomment>
        <translation>{type}（含 {parts}）</translation>
    </message>
    <message>
        <source>{name} has the dtype {dtype}, which has no gradient.</source>
        <translation>{name} 的数据类型是 {dtype}，它没有梯度。</translation>
    </message>
    <message>
        <source>forward returned {type} with no tensor in it.</source>
        <translation>forward 返回了 {type}，其中没有张量。</translation>
    </message>
    <message>
        <source>Return a tensor, or a tuple, list or dict of tensors.</source>
        <translation>请返回一个张量，或由张量组成的元组、列表或字典。</translation>
    </message>
    <message>
        <source>The output has no gradient: its dtype is {dtypes}.</source>
        <translation>输出没有梯度：它的数据类型是 {dtypes}。</translation>
    </message>
    <message>
        <source>Only floating-point tensors have one: return what stands before it was made whole.</source>
        <translation>只有浮点张量才有梯度：请返回取整之前的结果。</translation>
    </message>
    <message>
        <source>{name} has the dtype {dtype}: only real scalars can be differentiated.</source>
        <translation>{name} 的数据类型是 {dtype}：只能对实数标量求导。</translation>
    </message>
    <message>
        <source>Return .abs() or .real of it.</source>
        <translation>请返回它的 .abs() 或 .real。</translation>
    </message>
    <message>
        <source>The output has no tensor {name} any more.</source>
        <translation>输出中已没有张量 {name}。</translation>
    </message>
    <message>
        <source>Choose another output.</source>
        <translation>请选择另一个输出。</translation>
    </message>
    <message>
        <source>The output has no tensor {name}.</source>
        <translation>输出中没有张量 {name}。</translation>
    </message>
    <message>
        <source>It holds no tensor at all.</source>
        <translation>其中根本没有张量。</translation>
    </message>
    <message>
        <source>There is: {names}.</source>
        <translation>其中有：{names}。</translation>
    </message>
    <message>
        <source>There is: {names} and {count} more.</source>
        <translation>其中有：{names}，另有 {count} 个。</translation>
    </message>
    <message>
        <source>{name}, which {file} imports, has no source code to be shown.</source>
        <extracomment>The faults of an import, with the hint for one.</extracomment>
        <translation>{file} 导入的 {name} 没有可供显示的源代码。</translation>
    </message>
    <message>
        <source>Install it as a package, or import its source code.</source>
        <translation>请把它作为软件包安装，或导入它的源代码。</translation>
    </message>
    <message>
        <source>{name}, which {file} imports, is not trusted with what stands in it now.</source>
        <translation>{file} 导入的 {name} 现在的内容还不受信任。</translation>
    </message>
    <message>
        <source>Look through it, then trust it too; on the command line with --trust-also {path}: its code runs with your rights.</source>
        <extracomment>The files that were run, the last one at the end, with the hashes that they may import.</extracomment>
        <translation>请先查看内容，再信任它；在命令行用 --trust-also {path}：它的代码会以你的权限运行。</translation>
    </message>
    <message>
        <source>{name}: no parameters, output {scalar}</source>
        <translation>{name}：没有参数，输出 {scalar}</translation>
    </message>
    <message>
        <source>{name}: {numbers} in {parameters} on the meta device, which has shapes and no values; output {scalar}</source>
        <translation>{name}：{parameters}共 {numbers}，在只有形状而没有数值的 meta 设备上；输出 {scalar}</translation>
    </message>
    <message>
        <source>{name}: {numbers} in {parameters}, loss {scalar}</source>
        <translation>{name}：{parameters}共 {numbers}，损失 {scalar}</translation>
    </message>
    <message numerus="yes">
        <source>{shown} numbers</source>
        <comment>{shown} number</comment>
        <translation>
            <numerusform>{shown} 个数</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} parameters</source>
        <comment>{count} parameter</comment>
        <translation>
            <numerusform>{count} 个参数</numerusform>
        </translation>
    </message>
    <message>
        <source>{loss} takes {names} of the output, and one is chosen.</source>
        <translation>{loss} 需要输出中的 {names}，而这里只选了一个。</translation>
    </message>
    <message>
        <source>Leave it empty.</source>
        <translation>请将它留空。</translation>
    </message>
    <message numerus="yes">
        <source>{loss} takes {names} of the output, which has {count} floating-point tensors.</source>
        <comment>{loss} takes {names} of the output, which has {count} floating-point tensor.</comment>
        <translation>
            <numerusform>{loss} 需要输出中的 {names}，而输出只有 {count} 个浮点张量。</numerusform>
        </translation>
    </message>
    <message>
        <source>Return ({names}) from forward, or call the loss there.</source>
        <translation>请让 forward 返回 ({names})，或在其中调用损失。</translation>
    </message>
    <message>
        <source>loss(output) returned {type}.</source>
        <translation>loss(output) 返回了 {type}。</translation>
    </message>
    <message>
        <source>Return a floating-point tensor.</source>
        <translation>请返回浮点张量。</translation>
    </message>
    <message>
        <source>{name}, recorded in another program</source>
        <extracomment>The one run of a presenter: a window that has built nothing knows no other number.</extracomment>
        <translation>{name}，记录自另一个程序</translation>
    </message>
    <message>
        <source>This pass is that of another program, and cannot be run again from here.</source>
        <translation>这次传播属于另一个程序，无法从这里再次运行。</translation>
    </message>
    <message>
        <source>This window shows what another program has recorded, and builds and trains nothing.</source>
        <translation>此窗口显示另一个程序记录的内容，不构建也不训练模型。</translation>
    </message>
    <message>
        <source>{name}, a recording in a file</source>
        <translation>{name}，文件中的记录</translation>
    </message>
    <message>
        <source>This pass is read from a file, and cannot be run again from here.</source>
        <translation>这次传播是从文件读入的，无法从这里再次运行。</translation>
    </message>
    <message>
        <source>This window shows a recording in a file, and builds and trains nothing.</source>
        <translation>此窗口显示文件中的记录，不构建也不训练模型。</translation>
    </message>
    <message>
        <source>In that program, gradviz.capture(model, inputs=x) can: it has check() and missing().</source>
        <translation>在那个程序里可以用 gradviz.capture(model, inputs=x)：它有 check() 和 missing()。</translation>
    </message>
    <message>
        <source>{name}, {title}</source>
        <extracomment>Numbers the passes as they are shown, so that no answer is taken for one about another. The recording that others are compared with.</extracomment>
        <translation>{name}，{title}</translation>
    </message>
    <message>
        <source>Train in that program, or start gradviz by itself.</source>
        <translation>请在那个程序里训练，或单独启动 gradviz。</translation>
    </message>
    <message>
        <source>Another pass is shown by now.</source>
        <translation>现在显示的已经是另一次传播。</translation>
    </message>
    <message>
        <source>Ask again about the one that is shown.</source>
        <translation>请针对当前显示的这一次重新提问。</translation>
    </message>
    <message>
        <source>The backward pass</source>
        <translation>反向传播</translation>
    </message>
    <message>
        <source>It was raised within a checkpoint, which runs forward again in the backward pass.</source>
        <translation>它是在检查点中抛出的，检查点在反向传播时会再次运行 forward。</translation>
    </message>
    <message>
        <source>It was raised by a hook or a custom Function&apos;s backward.</source>
        <translation>它是由钩子或自定义 Function 的 backward 抛出的。</translation>
    </message>
    <message>
        <source>There is nothing to differentiate: no x and no parameter reaches the output.</source>
        <extracomment>A grad_fn, or the AccumulateGrad of a leaf. PyTorch types them by one protocol only. The sources of each node by its slots, with which of their results it is.</extracomment>
        <translation>没有可求导的内容：x 和参数都不通向输出。</translation>
    </message>
    <message>
        <source>Use x, or a letter as a parameter.</source>
        <translation>请使用 x，或用一个字母作为参数。</translation>
    </message>
    <message>
        <source>This tensor was too large to be kept, and the model has changed since, so that its pass cannot be run again.</source>
        <translation>这个张量太大而没有保留，模型此后又有变化，因此无法再次运行那次传播。</translation>
    </message>
    <message>
        <source>Pause the training, or allow a recording more memory.</source>
        <translation>请暂停训练，或允许记录使用更多内存。</translation>
    </message>
    <message>
        <source>The graph has more than {shown} nodes, the most that are recorded: they would take several gigabytes.</source>
        <extracomment>A recording takes about six kilobytes a node, and the window as much again.</extracomment>
        <translation>计算图的节点超过 {shown} 个，即可记录的上限：它们会占用好几 GB。</translation>
    </message>
    <message>
        <source>Give it a shorter input or fewer steps; a part of such a graph looks as the whole does.</source>
        <translation>请给它更短的输入或更少的步数；这种计算图的一部分看起来与整体一样。</translation>
    </message>
    <message>
        <source>Checkpointed with use_reentrant=True: what runs inside has no graph until the backward pass computes it again, so its nodes cannot be shown. With use_reentrant=False they can.</source>
        <translation>这是 use_reentrant=True 的检查点：其中运行的内容要等反向传播重新计算时才有计算图，所以无法显示它的节点。用 use_reentrant=False 则可以。</translation>
    </message>
    <message>
        <source>Its value was changed in place since, and what it was has not been kept.</source>
        <translation>它的值此后被原地修改，原来的值没有保留。</translation>
    </message>
    <message>
        <source>Its value is not known: it was computed within a function of PyTorch.</source>
        <translation>它的值未知：它是在 PyTorch 的函数内部算出的。</translation>
    </message>
    <message>
        <source>Its value is not known: autograd keeps only the tensors that backward needs.</source>
        <translation>它的值未知：自动求导只保留反向计算所需的张量。</translation>
    </message>
    <message>
        <source>A hook is set here: it can change the gradient that arrives.</source>
        <translation>这里设有钩子：它可以改变到达的梯度。</translation>
    </message>
    <message>
        <source>A hook is set on the node itself: it can change the gradients that arrive or are sent on.</source>
        <translation>节点本身设有钩子：它可以改变到达或传出的梯度。</translation>
    </message>
    <message>
        <source>It is there for a backward hook of a module, which is handed what passes and can change it.</source>
        <translation>它为某个模块的反向钩子而存在：经过的梯度会交给钩子，钩子可以改变它。</translation>
    </message>
    <message>
        <source>Made by torch.compile: autograd has one node for all operations of it.</source>
        <translation>由 torch.compile 生成：自动求导用一个节点表示其中的全部运算。</translation>
    </message>
    <message>
        <source>The compiler has kept neither its forward nor its backward graph.</source>
        <translation>编译器既没有保留它的前向图，也没有保留反向图。</translation>
    </message>
    <message>
        <source>Made by TorchScript: autograd has one node for several operations of it, and TorchScript does not tell which.</source>
        <translation>由 TorchScript 生成：自动求导用一个节点表示其中的多个运算，而 TorchScript 不说明是哪些。</translation>
    </message>
    <message>
        <source>Its forward pass has {operations}.</source>
        <translation>它的前向传播有 {operations}。</translation>
    </message>
    <message>
        <source>Its backward pass has {operations}.</source>
        <translation>它的反向传播有 {operations}。</translation>
    </message>
    <message>
        <source>A hook runs here after the gradient has been accumulated, and can change the sum.</source>
        <extracomment>Names of operations of a compiled graph that are told; the rest is counted.</extracomment>
        <translation>梯度累加之后这里会运行钩子，它可以改变总和。</translation>
    </message>
    <message numerus="yes">
        <source>{shown} others</source>
        <comment>{shown} other</comment>
        <translation>
            <numerusform>其他 {shown} 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} operations</source>
        <comment>{shown} operation</comment>
        <translation>
            <numerusform>{shown} 个运算</numerusform>
        </translation>
    </message>
    <message>
        <source>{number}: {names}</source>
        <translation>{number}：{names}</translation>
    </message>
    <message>
        <source>It had {count} turns in this backward pass; the tensors are of the last.</source>
        <translation>在这次反向传播中它执行了 {count} 次；显示的张量属于最后一次。</translation>
    </message>
    <message>
        <source>This tensor is not there any more, or never was.</source>
        <extracomment>The gradients that one node&apos;s backward got or sent on, in PyTorch&apos;s order.</extracomment>
        <translation>这个张量已不存在，或从未存在。</translation>
    </message>
    <message>
        <source>Record the pass again.</source>
        <translation>请重新记录这次传播。</translation>
    </message>
    <message>
        <source>changed in place since</source>
        <extracomment>What stands for a tensor that cannot be read; it is translated where it is shown.</extracomment>
        <translation>此后被原地修改</translation>
    </message>
    <message>
        <source>released</source>
        <translation>已释放</translation>
    </message>
    <message>
        <source>The recording is damaged.</source>
        <extracomment>The number of each tensor by its memory; None for one that is left out. They stay alive, so that no memory is given anew meanwhile.</extracomment>
        <translation>记录已损坏。</translation>
    </message>
    <message>
        <source>Save it anew, or open an earlier copy.</source>
        <translation>请重新保存，或打开更早的副本。</translation>
    </message>
    <message>
        <source>{name}, a recording in a file without {left_out} of its tensors</source>
        <extracomment>How many tensors of the passes were left out of the file.</extracomment>
        <translation>{name}，文件中的记录，缺少其中 {left_out} 个张量</translation>
    </message>
    <message>
        <source>The tensors of that pass are not kept any more.</source>
        <extracomment>While training, a backward pass is recorded at most this often, ... ... and recording takes at most this share of the time, however large the graph is. How long the last recording took.</extracomment>
        <translation>那次传播的张量已不再保留。</translation>
    </message>
    <message>
        <source>Look at the newest pass.</source>
        <translation>请查看最新的一次传播。</translation>
    </message>
    <message>
        <source>There is nothing to train at a point, as there was in the session.</source>
        <translation>在单个点上没有可训练的内容，而会话中曾有训练。</translation>
    </message>
    <message>
        <source>it gives no reason</source>
        <translation>没有给出原因</translation>
    </message>
    <message>
        <source>{device} does not start: {reason}</source>
        <translation>{device} 无法启动：{reason}</translation>
    </message>
    <message>
        <source>Choose another device.</source>
        <translation>请选择另一个设备。</translation>
    </message>
    <message>
        <source>There is no device {name} here.</source>
        <translation>这里没有设备 {name}。</translation>
    </message>
    <message>
        <source>There are: {names}.</source>
        <translation>可用的有：{names}。</translation>
    </message>
    <message>
        <source>a tensor of the type {type}</source>
        <extracomment>The key that marks what JSON has no word for, and that of its content. The dtypes that a tensor may have, by name. Deeper than any state is nested.</extracomment>
        <translation>类型为 {type} 的张量</translation>
    </message>
    <message>
        <source>The training of the session is damaged, so that it begins anew.</source>
        <translation>会话中的训练已损坏，因此重新开始。</translation>
    </message>
    <message>
        <source>Open an earlier copy of the session, if there is one.</source>
        <translation>如果有更早的会话副本，请打开它。</translation>
    </message>
    <message>
        <source>{subject} raised {error}.</source>
        <extracomment>Code in these folders is not the user&apos;s own. Lines at either end of a traceback that are kept: endless recursion has thousands.</extracomment>
        <translation>{subject}出错：{error}。</translation>
    </message>
    <message>
        <source>{subject} raised {error} in line {line} of {file}.</source>
        <translation>{subject}出错：{error}（{file} 第 {line} 行）。</translation>
    </message>
    <message>
        <source>… {shown} lines are left out …</source>
        <translation>… 省略了 {shown} 行 …</translation>
    </message>
    <message>
        <source>There is not enough memory for this file.</source>
        <extracomment>Between two reports: nobody reads faster, and each takes time from the drawing. The formats whose bytes may come beside those of another one.</extracomment>
        <translation>内存不足，无法生成这个文件。</translation>
    </message>
    <message>
        <source>Close other programs; a PNG image with a smaller scale needs less, and so does DOT.</source>
        <translation>请关闭其他程序；缩放比例更小的 PNG 图像或 DOT 需要的内存更少。</translation>
    </message>
    <message>
        <source>{file} could not be written: it leads to a stream of the program itself.</source>
        <translation>无法写入 {file}：它指向程序自己的流。</translation>
    </message>
    <message>
        <source>Choose the name of a file.</source>
        <extracomment>The descriptors that another number leads to now, by the number that they had.</extracomment>
        <translation>请选择一个文件名。</translation>
    </message>
    <message>
        <source>{file} could not be written: nobody reads from it.</source>
        <extracomment>What is wrong with the reader of a pipe, and what to do.</extracomment>
        <translation>无法写入 {file}：没有程序读取它。</translation>
    </message>
    <message>
        <source>Start its reader first, or choose the name of a file.</source>
        <translation>请先启动读取它的程序，或选择一个文件名。</translation>
    </message>
    <message>
        <source>{file} could not be written: its reader has gone.</source>
        <translation>无法写入 {file}：读取它的程序已经结束。</translation>
    </message>
    <message>
        <source>Keep the reader open, or choose the name of a file.</source>
        <translation>请让读取它的程序保持运行，或选择一个文件名。</translation>
    </message>
    <message>
        <source>{file} could not be written: its reader has stopped reading.</source>
        <translation>无法写入 {file}：读取它的程序已停止读取。</translation>
    </message>
    <message>
        <source>{file} could not be written: the folder {folder} does not exist.</source>
        <translation>无法写入 {file}：文件夹 {folder} 不存在。</translation>
    </message>
    <message>
        <source>Create it, or choose another folder.</source>
        <translation>请建立它，或选择另一个文件夹。</translation>
    </message>
    <message>
        <source>{file} could not be written: {folder} is no folder.</source>
        <translation>无法写入 {file}：{folder} 不是文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>请选择一个文件夹。</translation>
    </message>
    <message>
        <source>{file} could not be written: it is a folder.</source>
        <translation>无法写入 {file}：它是一个文件夹。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择另一个名称。</translation>
    </message>
    <message>
        <source>{file} could not be written: {folder} or the file is read-only.</source>
        <translation>无法写入 {file}：{folder} 或该文件是只读的。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择另一个文件夹。</translation>
    </message>
    <message>
        <source>{file} could not be written: there is no space left.</source>
        <translation>无法写入 {file}：空间已满。</translation>
    </message>
    <message>
        <source>Free some space, or choose another disk.</source>
        <translation>请腾出空间，或选择另一个磁盘。</translation>
    </message>
    <message>
        <source>{file} could not be written: {reason}.</source>
        <translation>无法写入 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Choose another name or folder.</source>
        <translation>请选择另一个名称或文件夹。</translation>
    </message>
    <message>
        <source>{model}: {numbers}.</source>
        <translation>{model}：{numbers}。</translation>
    </message>
    <message>
        <source>training step {step}</source>
        <translation>训练第{step}步</translation>
    </message>
    <message>
        <source>forward step {step} of {count}</source>
        <translation>前向第{step}步，共{count}步</translation>
    </message>
    <message>
        <source>before any gradient</source>
        <translation>尚无梯度</translation>
    </message>
    <message>
        <source>gradients after backward step {step} of {count}</source>
        <translation>反向第{step}步（共{count}步）之后的梯度</translation>
    </message>
    <message numerus="yes">
        <source>Autograd graph with {shown} nodes</source>
        <comment>Autograd graph with {shown} node</comment>
        <extracomment>The colours of a theme that are one colour each. More characters of data are packed; a browser unpacks them by itself.</extracomment>
        <translation>
            <numerusform>有{shown}个节点的自动求导图</numerusform>
        </translation>
    </message>
    <message>
        <source>The page shows the picture at {scale:.2g} of its size, as no page of a PDF can be longer than {count} points.</source>
        <extracomment>Readers refuse pages of more than 200 inches.</extracomment>
        <translation>页面以图的{scale:.2g}倍大小显示，因为 PDF 的一页不能长于{count}点。</translation>
    </message>
    <message>
        <source>The scale is {scale:g}, not {wanted:g}, at which an image of {pixels} would be too large.</source>
        <extracomment>The names that texts in a PNG file have, by those of the facts. Qt&apos;s painter counts in 16 bits; a pixel takes 4 bytes of memory.</extracomment>
        <translation>缩放比例是{scale:g}，而不是{wanted:g}，后者的图像有 {pixels}，太大了。</translation>
    </message>
    <message>
        <source>The image is empty.</source>
        <translation>图像是空的。</translation>
    </message>
    <message>
        <source>Show what is to be exported first.</source>
        <translation>请先显示要导出的内容。</translation>
    </message>
    <message>
        <source>Use SVG.</source>
        <translation>请用 SVG。</translation>
    </message>
    <message>
        <source>Use a scale of at most {scale:g}, or SVG.</source>
        <translation>请用不超过{scale:g}的缩放比例，或用 SVG。</translation>
    </message>
    <message>
        <source>A PNG image of {pixels} would be too large.</source>
        <translation>{pixels}的 PNG 图像太大。</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height}像素</translation>
    </message>
    <message>
        <source>The window has ended.</source>
        <extracomment>So many moments are on their way while a frame is drawn: enough for a window that is busy.</extracomment>
        <translation>窗口已经结束。</translation>
    </message>
    <message>
        <source>GIF animation</source>
        <extracomment>The graph and the plots beside each other, or one of them alone. A training moves; of a backward pass each step is to be read. Without a wish, so many frames show a whole training. How long the last frame stays before a film begins anew, where the format can say so.</extracomment>
        <translation>GIF 动画</translation>
    </message>
    <message>
        <source>WebP animation</source>
        <translation>WebP 动画</translation>
    </message>
    <message>
        <source>MP4 video</source>
        <translation>MP4 视频</translation>
    </message>
    <message>
        <source>{file} does not end in the name of a moving picture&apos;s format.</source>
        <translation>{file} 的结尾不是动画格式的名称。</translation>
    </message>
    <message>
        <source>A frame for every {count} steps does not work.</source>
        <translation>不能每{count}步一帧。</translation>
    </message>
    <message>
        <source>Use a number from 1 on.</source>
        <translation>请用不小于 1 的数。</translation>
    </message>
    <message>
        <source>That would be {count} frames; there can be {most}.</source>
        <translation>那会有{count}帧；最多可有{most}帧。</translation>
    </message>
    <message>
        <source>Show one of every {count} steps, or fewer.</source>
        <translation>请每{count}步或更多步显示一帧。</translation>
    </message>
    <message>
        <source>A moving picture of {width}x{height} pixels does not work.</source>
        <translation>{width}x{height}像素的动画不可用。</translation>
    </message>
    <message>
        <source>Use from {least} to {most} pixels for each side, such as 960x540.</source>
        <translation>每边请用{least}到{most}像素，例如 960x540。</translation>
    </message>
    <message>
        <source>{rate} frames per second do not work for {suffix}.</source>
        <translation>{suffix} 不能每秒{rate}帧。</translation>
    </message>
    <message>
        <source>A backward pass is shown on the graph, not in plots.</source>
        <extracomment>A graph of more is drawn too slowly, and in no frame of a film could it be read.</extracomment>
        <translation>反向传播显示在计算图上，而不是曲线中。</translation>
    </message>
    <message>
        <source>Choose graph or both.</source>
        <translation>请选择 graph 或 both。</translation>
    </message>
    <message>
        <source>A graph of {count} nodes cannot be drawn anew in every frame.</source>
        <translation>{count}个节点的图无法在每一帧中重画。</translation>
    </message>
    <message>
        <source>Close groups until {count} nodes are shown, or show the plots alone.</source>
        <translation>请收起分组，直到只显示{count}个节点，或只显示曲线。</translation>
    </message>
    <message>
        <source>MP4 needs PyAV, which is not installed.</source>
        <extracomment>Sharp text, at a size that can be sent; the preset is for a machine that has other work.</extracomment>
        <translation>MP4 需要 PyAV，它没有安装。</translation>
    </message>
    <message>
        <source>Install it with: python -m pip install &quot;gradviz-studio[video]&quot;. GIF and WebP need nothing.</source>
        <translation>请这样安装：python -m pip install &quot;gradviz-studio[video]&quot;。GIF 和 WebP 不需要任何东西。</translation>
    </message>
    <message>
        <source>MP4 cannot be written to a pipe.</source>
        <translation>MP4 不能写入管道。</translation>
    </message>
    <message>
        <source>Choose the name of a file, or GIF or WebP.</source>
        <translation>请选择一个文件名，或用 GIF 或 WebP。</translation>
    </message>
    <message>
        <source>There is no font on this machine to draw text with.</source>
        <extracomment>Between the graph and its legend; around the graph, for signs at its corners. A whole name beneath a graph that is narrower than this is broken at it, into so many lines. Qt needs its application as long as anything is drawn. Nobody waits in front of a file: it takes this long to give up a plan, so that a machine that is busy draws the same picture.</extracomment>
        <translation>这台机器上没有可用来绘制文字的字体。</translation>
    </message>
    <message>
        <source>Install one, such as DejaVu (on Debian and Ubuntu: apt install fonts-dejavu-core).</source>
        <translation>请安装一种，例如 DejaVu（在 Debian 和 Ubuntu 上：apt install fonts-dejavu-core）。</translation>
    </message>
    <message>
        <source>{short} is {name}</source>
        <translation>{short} 是 {name}</translation>
    </message>
    <message>
        <source>The picture could not be drawn.</source>
        <translation>无法绘制这幅图。</translation>
    </message>
    <message>
        <source>Try a smaller scale or graph.</source>
        <translation>请试试更小的缩放比例或计算图。</translation>
    </message>
    <message>
        <source>A width of {width} mm does not work.</source>
        <extracomment>The formats that have a size on paper. The width of a column in most journals, in millimetres. What most publishers ask of an image in pixels. A page of text holds no more.</extracomment>
        <translation>宽度{width}毫米不可用。</translation>
    </message>
    <message>
        <source>The caption has {count} characters.</source>
        <translation>图注有{count}个字符。</translation>
    </message>
    <message>
        <source>Use at most {most}.</source>
        <translation>请最多用{most}个。</translation>
    </message>
    <message>
        <source>The style publication is for drawings, and {suffix} is none.</source>
        <translation>样式 publication 用于绘图，而 {suffix} 不是。</translation>
    </message>
    <message>
        <source>Use a number from {least} to {most}, such as {usual}.</source>
        <translation>请用{least}到{most}之间的数，例如 {usual}。</translation>
    </message>
    <message>
        <source>There is no script for the gradients of inputs alone.</source>
        <extracomment>The settings that are written here; one that has another value than its default is refused.</extracomment>
        <translation>只对输入求梯度的情况没有脚本。</translation>
    </message>
    <message>
        <source>Give the model a parameter.</source>
        <translation>请给模型一个参数。</translation>
    </message>
    <message>
        <source>The model {name} has no script.</source>
        <translation>模型 {name} 没有脚本。</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>请选择另一个模型。</translation>
    </message>
    <message>
        <source>There is no script for this choice of {name}.</source>
        <translation>{name} 的这个选择没有脚本。</translation>
    </message>
    <message>
        <source>Choose what it was at first.</source>
        <translation>请选择最初的设置。</translation>
    </message>
    <message>
        <source>There is no script that trains this model with {optimizer}: each time that {optimizer} computes the loss anew, chance would choose another graph.</source>
        <translation>没有用 {optimizer} 训练这个模型的脚本：每次 {optimizer} 重新计算损失时，都会随机选到另一个计算图。</translation>
    </message>
    <message>
        <source>Choose another optimizer.</source>
        <translation>请选择另一个优化器。</translation>
    </message>
    <message>
        <source>There is a script of gradients written by hand for the sum of squared errors alone.</source>
        <translation>手写梯度的脚本只适用于误差平方和。</translation>
    </message>
    <message>
        <source>There is no autograd graph: this is written by hand.</source>
        <extracomment>The lines of a script that compute the gradients.</extracomment>
        <translation>没有自动求导图：这是手写的。</translation>
    </message>
    <message>
        <source>The gradients of {source} are written by hand: they have no graph.</source>
        <translation>{source} 的梯度是手写的：它们没有计算图。</translation>
    </message>
    <message>
        <source>Turn Create graph off, or choose the model autograd, which computes the same.</source>
        <translation>请关闭“创建梯度的图”，或选择计算相同内容的模型 autograd。</translation>
    </message>
    <message>
        <source>The gradients of this model are written by hand, for the sum of squared errors.</source>
        <translation>这个模型的梯度是针对误差平方和手写的。</translation>
    </message>
    <message>
        <source>Choose that loss, or the model autograd.</source>
        <translation>请选择这个损失，或模型 autograd。</translation>
    </message>
    <message>
        <source>There is a script of gradients written by hand for gradient descent alone.</source>
        <translation>手写梯度的脚本只适用于梯度下降。</translation>
    </message>
    <message>
        <source>Choose the optimizer that is written out, or the model autograd.</source>
        <translation>请选择写出的优化器，或模型 autograd。</translation>
    </message>
    <message>
        <source>There is no parameter {name} to start at.</source>
        <extracomment>The modules that a script may name, in the order in which they are imported.</extracomment>
        <translation>没有可以设初始值的参数 {name}。</translation>
    </message>
    <message>
        <source>Leave out its initial value.</source>
        <translation>请去掉它的初始值。</translation>
    </message>
    <message>
        <source>There is a script of the {model} for {loss} alone.</source>
        <translation>{model} 的脚本只适用于 {loss}。</translation>
    </message>
    <message>
        <source>Image classifier</source>
        <extracomment>How many images of the test are evaluated at once, which bounds the memory that it takes. The layers, as a script tells them.</extracomment>
        <translation>图像分类器</translation>
    </message>
    <message>
        <source>Two hidden layers and cross-entropy, on FashionMNIST or on shapes drawn here.</source>
        <translation>两个隐藏层与交叉熵，用于 FashionMNIST 或这里绘制的形状。</translation>
    </message>
    <message>
        <source>The classifier is trained with cross-entropy: its target is one of ten classes.</source>
        <extracomment>The generator&apos;s state before each pass, and the order of the pass that was asked last.</extracomment>
        <translation>分类器用交叉熵训练：它的目标是十个类别之一。</translation>
    </message>
    <message>
        <source>Choose the model&apos;s own loss.</source>
        <translation>请选择模型自己的损失。</translation>
    </message>
    <message>
        <source>784 → 512 → 512 → 10 with ReLU, trained on {images}</source>
        <translation>784 → 512 → 512 → 10，使用 ReLU，训练数据：{images}</translation>
    </message>
    <message>
        <source>There is no script for a model in an archive.</source>
        <translation>归档文件中的模型没有脚本。</translation>
    </message>
    <message>
        <source>Open the file of Python that defines it.</source>
        <translation>请打开定义它的 Python 文件。</translation>
    </message>
    <message>
        <source>There is no script for this model yet.</source>
        <translation>这个模型还没有脚本。</translation>
    </message>
    <message>
        <source>Build the model first.</source>
        <translation>请先构建模型。</translation>
    </message>
    <message>
        <source>A script cannot import {name} from {file}.</source>
        <translation>脚本无法从 {file} 导入 {name}。</translation>
    </message>
    <message>
        <source>Name the file as a module of Python is named, and the class at its top level.</source>
        <translation>请按 Python 模块的规则给文件命名，并把类放在最外层。</translation>
    </message>
    <message>
        <source>There is no script that moves example_inputs() to another device.</source>
        <translation>没有把 example_inputs() 移到其他设备的脚本。</translation>
    </message>
    <message>
        <source>Choose the device cpu, or type the inputs.</source>
        <translation>请选择设备 cpu，或输入各个输入。</translation>
    </message>
    <message>
        <source>There is no script for the scheduler {name}.</source>
        <extracomment>An element of a list of options, such as `milestones_1`.</extracomment>
        <translation>学习率调度器 {name} 没有脚本。</translation>
    </message>
    <message>
        <source>The backward pass draws random numbers that the forward pass has not drawn, so its dropout has another mask: let torch.utils.checkpoint have preserve_rng_state=True, and a custom Function save what it drew.</source>
        <extracomment>A node when it is done; None between two slices, while other work runs. These add in a fixed order.</extracomment>
        <translation>反向传播抽取了前向传播没有抽过的随机数，因此它的 dropout 用了另一个掩码：请给 torch.utils.checkpoint 设置 preserve_rng_state=True，并让自定义 Function 保存它抽取的随机数。</translation>
    </message>
    <message>
        <source>torch.autograd.grad takes no gradient of this pass, as backward() does: {error}. Let torch.utils.checkpoint have use_reentrant=False, if that is the reason.</source>
        <translation>torch.autograd.grad 无法像 backward() 那样对这次传播求梯度：{error}。如果原因在于此，请给 torch.utils.checkpoint 设置 use_reentrant=False。</translation>
    </message>
    <message>
        <source>The weights change while the training runs.</source>
        <extracomment>The progress is reported at most so often while no node is done.</extracomment>
        <translation>训练运行时权重会变化。</translation>
    </message>
    <message>
        <source>Pause it first.</source>
        <translation>请先暂停训练。</translation>
    </message>
    <message>
        <source>Only first gradients are checked, and this graph is that of a gradient.</source>
        <translation>只检验一阶梯度，而这张图是梯度的计算图。</translation>
    </message>
    <message>
        <source>Turn Model ▸ Create graph off to check them.</source>
        <translation>请关闭“模型 ▸ 创建梯度的图”再检验。</translation>
    </message>
    <message>
        <source>The training has begun, so the weights are not those of this pass any more.</source>
        <translation>训练已经开始，权重不再是这次传播时的权重了。</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>请选择另一个。</translation>
    </message>
    <message>
        <source>There is no node {node} in this pass.</source>
        <translation>这次传播中没有节点 {node}。</translation>
    </message>
    <message>
        <source>There is nothing to check: the model is on the meta device, which has no values.</source>
        <translation>没有可检验的内容：模型在 meta 设备上，那里没有数值。</translation>
    </message>
    <message>
        <source>Make the model on the CPU.</source>
        <translation>请在 CPU 上构建模型。</translation>
    </message>
    <message>
        <source>There is no script for the loss {name}.</source>
        <extracomment>An element of a pair of hyperparameters, such as `betas_1`. The loss of a model that is in no catalogue.</extracomment>
        <translation>损失 {name} 没有脚本。</translation>
    </message>
    <message>
        <source>Choose another loss.</source>
        <translation>请选择另一个损失。</translation>
    </message>
    <message>
        <source>There is no script for the optimizer {name}.</source>
        <translation>优化器 {name} 没有脚本。</translation>
    </message>
    <message>
        <source>Use a width of at most {width} mm, or close groups.</source>
        <extracomment>Readers of PDF refuse pages of more than 200 inches, which no paper has. Letters that are smaller on paper are hard to read, in points.</extracomment>
        <translation>请用不超过{width}毫米的宽度，或收起分组。</translation>
    </message>
    <message>
        <source>At {width} mm the drawing would be {height} mm high.</source>
        <translation>宽{width}毫米时，图会有{height}毫米高。</translation>
    </message>
    <message>
        <source>Close groups.</source>
        <translation>请收起分组。</translation>
    </message>
    <message>
        <source>At {width} mm the letters are {points} points high; a wider drawing or closed groups make them larger.</source>
        <translation>宽{width}毫米时，字高{points}点；图更宽或收起分组会使字变大。</translation>
    </message>
    <message>
        <source>{file} could not be written: it is a socket.</source>
        <extracomment>How long a reader that has stopped reading is waited for, where nobody can interrupt the wait.</extracomment>
        <translation>无法写入 {file}：它是套接字。</translation>
    </message>
    <message>
        <source>{file} could not be written: it is a disk or another block device.</source>
        <translation>无法写入 {file}：它是磁盘或其他块设备。</translation>
    </message>
    <message>
        <source>{file} is no IDX file of labels: it begins with {found:#010x} and not with {expected:#010x}.</source>
        <extracomment>The first four bytes: unsigned bytes, in so many dimensions.</extracomment>
        <translation>{file} 不是标签的 IDX 文件：它以 {found:#010x} 开头，而不是 {expected:#010x}。</translation>
    </message>
    <message>
        <source>{file} is no IDX file of images: it begins with {found:#010x} and not with {expected:#010x}.</source>
        <translation>{file} 不是图像的 IDX 文件：它以 {found:#010x} 开头，而不是 {expected:#010x}。</translation>
    </message>
    <message>
        <source>There are no labels in {file}.</source>
        <translation>{file} 中没有标签。</translation>
    </message>
    <message>
        <source>There are no images in {file}.</source>
        <translation>{file} 中没有图像。</translation>
    </message>
    <message>
        <source>Download the file again.</source>
        <extracomment>The most bytes that a file may hold; FashionMNIST&apos;s largest holds 47 million.</extracomment>
        <translation>请重新下载这个文件。</translation>
    </message>
    <message>
        <source>{file} ends within its first {count} bytes.</source>
        <translation>{file} 不足{count}个字节就结束了。</translation>
    </message>
    <message>
        <source>Take the file of that name as FashionMNIST has it.</source>
        <translation>请使用 FashionMNIST 中的同名文件。</translation>
    </message>
    <message>
        <source>{file} says that it holds {size} bytes, more than the {most} allowed.</source>
        <translation>{file} 声称有{size}个字节，超过了允许的{most}个。</translation>
    </message>
    <message numerus="yes">
        <source>{file} says that it holds {told} bytes and has {found}.</source>
        <comment>{file} says that it holds {told} byte and has {found}.</comment>
        <translation>
            <numerusform>{file} 声称有{told}个字节，实际有{found}个。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no {file} in {folder}.</source>
        <translation>{folder} 中没有 {file}。</translation>
    </message>
    <message>
        <source>Choose its folder.</source>
        <translation>请选择它所在的文件夹。</translation>
    </message>
    <message>
        <source>{file} is no whole gzip file: {error}.</source>
        <translation>{file} 不是完整的 gzip 文件：{error}。</translation>
    </message>
    <message>
        <source>Allow reading it.</source>
        <translation>请允许读取它。</translation>
    </message>
    <message>
        <source>T-shirt</source>
        <translation>T 恤</translation>
    </message>
    <message>
        <source>Trouser</source>
        <translation>裤子</translation>
    </message>
    <message>
        <source>Pullover</source>
        <translation>套头衫</translation>
    </message>
    <message>
        <source>Dress</source>
        <translation>连衣裙</translation>
    </message>
    <message>
        <source>Coat</source>
        <translation>外套</translation>
    </message>
    <message>
        <source>Sandal</source>
        <translation>凉鞋</translation>
    </message>
    <message>
        <source>Shirt</source>
        <translation>衬衫</translation>
    </message>
    <message>
        <source>Sneaker</source>
        <translation>运动鞋</translation>
    </message>
    <message>
        <source>Bag</source>
        <translation>包</translation>
    </message>
    <message>
        <source>Ankle boot</source>
        <translation>短靴</translation>
    </message>
    <message>
        <source>drawn shapes, not FashionMNIST</source>
        <extracomment>How many shapes are drawn to learn from and to test with, and from which seeds.</extracomment>
        <translation>绘制的形状，不是 FashionMNIST</translation>
    </message>
    <message>
        <source>FashionMNIST in {folder}</source>
        <translation>{folder} 中的 FashionMNIST</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>没有文件夹 {folder}。</translation>
    </message>
    <message>
        <source>Choose the one with FashionMNIST&apos;s files.</source>
        <translation>请选择有 FashionMNIST 文件的文件夹。</translation>
    </message>
    <message>
        <source>{folder} lacks {files}.</source>
        <translation>{folder} 中缺少 {files}。</translation>
    </message>
    <message>
        <source>Choose the folder with FashionMNIST&apos;s four files, or none to learn drawn shapes.</source>
        <translation>请选择有 FashionMNIST 四个文件的文件夹；不选则学习绘制的形状。</translation>
    </message>
    <message>
        <source>{file} has images of {width} × {height} pixels, not of {size} × {size}.</source>
        <translation>{file} 中的图像是 {width} × {height} 像素，而不是 {size} × {size}。</translation>
    </message>
    <message>
        <source>{images_file} has {images}, and {labels_file} {labels}.</source>
        <translation>{images_file} 有{images}，而 {labels_file} 有{labels}。</translation>
    </message>
    <message numerus="yes">
        <source>{shown} images</source>
        <comment>{shown} image</comment>
        <translation>
            <numerusform>{shown}张图像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} labels</source>
        <comment>{shown} label</comment>
        <translation>
            <numerusform>{shown}个标签</numerusform>
        </translation>
    </message>
    <message>
        <source>Take both files from the same place.</source>
        <translation>两个文件请取自同一处。</translation>
    </message>
    <message>
        <source>{file} has a label {label}; there are {classes} classes.</source>
        <translation>{file} 中有标签 {label}；一共只有{classes}个类别。</translation>
    </message>
    <message>
        <source>The data of that step is not what it was.</source>
        <translation>那一步的数据与原来不同了。</translation>
    </message>
    <message>
        <source>The file has changed since; put the old one back, or look at later steps.</source>
        <translation>文件此后变了；请放回旧文件，或查看后面的步。</translation>
    </message>
    <message>
        <source>A number in the file is too large for {dtype}.</source>
        <translation>文件中有一个数超出了 {dtype} 的范围。</translation>
    </message>
    <message>
        <source>Choose float64, or other units.</source>
        <translation>请选择 float64，或换用别的单位。</translation>
    </message>
    <message numerus="yes">
        <source>{count} points do not work.</source>
        <comment>{count} point does not work.</comment>
        <translation>
            <numerusform>不能用{count}个数据点。</numerusform>
        </translation>
    </message>
    <message>
        <source>Use a number from {low} to {high}.</source>
        <translation>请使用{low}到{high}之间的数。</translation>
    </message>
    <message>
        <source>x cannot go from {low} to {high}.</source>
        <translation>x 不能从 {low} 到 {high}。</translation>
    </message>
    <message>
        <source>Use two finite numbers, the smaller one first.</source>
        <translation>请使用两个有限的数，较小的在前。</translation>
    </message>
    <message>
        <source>The noise {noise} does not work.</source>
        <translation>噪声不能是 {noise}。</translation>
    </message>
    <message>
        <source>Use 0 for none, or a standard deviation such as 0.1.</source>
        <translation>不加噪声请用 0，否则用一个标准差，例如 0.1。</translation>
    </message>
    <message>
        <source>The target {target} is not finite at x = {x}.</source>
        <translation>目标 {target} 在 x = {x} 处不是有限的。</translation>
    </message>
    <message>
        <source>Change it, or the range of x.</source>
        <translation>请修改目标，或修改 x 的范围。</translation>
    </message>
    <message>
        <source>This pass cannot be run again, and that was not recorded.</source>
        <extracomment>A long answer: it yields its parts, or None where other work may have a turn, and returns the last part.</extracomment>
        <translation>这次传播无法再次运行，而所问的内容没有记录下来。</translation>
    </message>
    <message>
        <source>Ask about a model that gradviz runs itself, or capture(module, inputs=…).</source>
        <translation>请询问由 gradviz 自己运行的模型，或使用 capture(module, inputs=…)。</translation>
    </message>
    <message>
        <source>The output&apos;s gradient by itself is 1, whatever the model.</source>
        <extracomment>Rounding of a sum, in units of the last digit of the sum of the sizes.</extracomment>
        <translation>无论什么模型，输出对自身的梯度都是 1。</translation>
    </message>
    <message>
        <source>element {index}</source>
        <extracomment>Relative steps, the largest first: each is a tenth of the one before. So many times the difference between two steps bounds the error. A slope is this exact at best, relative to itself. Left and right slopes that come together by less than this from step to step do not meet. Two slopes that differ by no more than this, relative to their size, need no third one. Rounding of a difference, in units of the numbers that differ. A computation in slices: it yields nothing between two of them, while other work runs. The output after a move by so much of a direction, and how large the numbers are it is made of. Of a leaf, and of a value between: there are many more of these.</extracomment>
        <translation>元素{index}</translation>
    </message>
    <message numerus="yes">
        <source>Written by hand, beside autograd on the same polynomial: {shown} elements.</source>
        <comment>Written by hand, beside autograd on the same polynomial: {shown} element.</comment>
        <translation>
            <numerusform>手写的梯度与自动求导在同一个多项式上的结果对照：{shown}个元素。</numerusform>
        </translation>
    </message>
    <message>
        <source>The tolerance is rounding in {dtype}.</source>
        <translation>容差是 {dtype} 的舍入误差。</translation>
    </message>
    <message>
        <source>PyTorch has {number} at {where}, and {expected} is expected.</source>
        <extracomment>Computed in slices; between two of them other work may run. Rounding counts so many times, since its size in double precision is itself rounded. Rounding that is a larger part of the largest gradient than this, and ... ... than so many units in the last place of the recorded precision, is more than rounding.</extracomment>
        <translation>在{where}处 PyTorch 的结果是 {number}，而预期是 {expected}。</translation>
    </message>
    <message numerus="yes">
        <source>{count} of {all} differ, most at {where}.</source>
        <comment>{count} of {all} differs, most at {where}.</comment>
        <translation>
            <numerusform>{all}个中有{count}个不同，{where}处相差最大。</numerusform>
        </translation>
    </message>
    <message>
        <source>In double precision the gradient is another one by {difference} at {where}, which is as much as itself: rounding cannot be told from a wrong rule.</source>
        <translation>在双精度下，{where}处的梯度相差 {difference}，与它自身一样大：无法区分是舍入误差还是规则有错。</translation>
    </message>
    <message>
        <source>The tolerance is four times what another step changes, and rounding.</source>
        <translation>容差是换一个步长所引起变化的四倍，再加上舍入误差。</translation>
    </message>
    <message>
        <source>The tolerance is four times what another step changes, and rounding, up to {rounding} in {dtype}.</source>
        <translation>容差是换一个步长所引起变化的四倍，再加上舍入误差（在 {dtype} 中最大为 {rounding}）。</translation>
    </message>
    <message>
        <source>The gradient is not finite at {where}.</source>
        <translation>{where}处的梯度不是有限的。</translation>
    </message>
    <message>
        <source>The gradient is not finite at {where}, and the slope there is {slope}.</source>
        <translation>{where}处的梯度不是有限的，而那里的斜率是 {slope}。</translation>
    </message>
    <message>
        <source>The output is not finite beside the value, moved at {where}.</source>
        <translation>在{where}处移动后，值附近的输出不是有限的。</translation>
    </message>
    <message>
        <source>There is a kink at {where}: the slope is {left} to the left, {right} to the right, and PyTorch takes {taken}.</source>
        <translation>{where}处有一个折点：左侧斜率为 {left}，右侧斜率为 {right}，PyTorch 取 {taken}。</translation>
    </message>
    <message>
        <source>direction {number}</source>
        <translation>方向{number}</translation>
    </message>
    <message numerus="yes">
        <source>In float64, each of {count} elements moved by {step:.0e} of the size to either side.</source>
        <comment>In float64, the one element moved by {step:.0e} of the size to either side.</comment>
        <translation>
            <numerusform>在 float64 中，{count}个元素各自向两侧移动其大小的 {step:.0e}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In float64, {directions} random directions that move all {all} elements, and {count} random elements (seed {seed}), moved by {step:.0e} of the size to either side.</source>
        <comment>In float64, {directions} random directions that move all {all} elements, and {count} random element (seed {seed}), moved by {step:.0e} of the size to either side.</comment>
        <translation>
            <numerusform>在 float64 中，沿{directions}个随机方向移动全部{all}个元素，再单独移动{count}个随机元素（随机种子 {seed}），都向两侧移动其大小的 {step:.0e}。</numerusform>
        </translation>
    </message>
    <message>
        <source>this version of PyTorch does not show its operations</source>
        <extracomment>The precision of the copies, by the precision of the tensors. Copies of fewer digits: they show the effect of rounding on a pass in double precision.</extracomment>
        <translation>这个版本的 PyTorch 不显示它的运算</translation>
    </message>
    <message>
        <source>{operation} runs operations within that are not seen</source>
        <translation>{operation} 在内部运行了看不到的运算</translation>
    </message>
    <message>
        <source>{operation} does not run in double precision ({error})</source>
        <translation>{operation} 不能以双精度运行（{error}）</translation>
    </message>
    <message>
        <source>{operation} draws at random within</source>
        <translation>{operation} 在内部抽取随机数</translation>
    </message>
    <message>
        <source>{operation} computes with a tensor that is nested, sparse or packed</source>
        <translation>{operation} 用嵌套、稀疏或打包的张量计算</translation>
    </message>
    <message>
        <source>a part of it runs where its operations are not heard, such as in another thread</source>
        <translation>它的一部分运行在监听不到运算的地方，例如另一个线程中</translation>
    </message>
    <message>
        <source>The forward pass makes this leaf anew each time, so its value cannot be moved.</source>
        <extracomment>The findings at the end; it yields between slices, while other work runs.</extracomment>
        <translation>前向传播每次都重新创建这个叶子，因此无法移动它的值。</translation>
    </message>
    <message>
        <source>PyTorch passed no gradient here, so there is nothing to compare.</source>
        <translation>PyTorch 没有把梯度传到这里，因此没有可比较的内容。</translation>
    </message>
    <message>
        <source>torch.autograd.grad finds no gradient here.</source>
        <translation>torch.autograd.grad 在这里没有得到梯度。</translation>
    </message>
    <message>
        <source>Not the same bits.</source>
        <translation>各位不完全相同。</translation>
    </message>
    <message>
        <source>This device adds in no fixed order: the last bits may differ.</source>
        <translation>这个设备的加法没有固定顺序：最后几位可能不同。</translation>
    </message>
    <message numerus="yes">
        <source>Bit for bit, all {shown} elements.</source>
        <comment>Bit for bit, the one element.</comment>
        <translation>
            <numerusform>{shown}个元素逐位相同。</numerusform>
        </translation>
    </message>
    <message>
        <source>A gradient that is not dense is compared with torch.autograd.grad alone.</source>
        <translation>非稠密的梯度只与 torch.autograd.grad 比较。</translation>
    </message>
    <message>
        <source>A complex gradient is compared with torch.autograd.grad alone.</source>
        <translation>复数梯度只与 torch.autograd.grad 比较。</translation>
    </message>
    <message>
        <source>This pass cannot be run in double precision: {reason}.</source>
        <translation>这次传播无法以双精度运行：{reason}。</translation>
    </message>
    <message>
        <source>In double precision PyTorch runs other operations than this one.</source>
        <translation>在双精度下，PyTorch 运行的是别的运算。</translation>
    </message>
    <message>
        <source>PyTorch does not tell which operation this value comes from, so it cannot be moved.</source>
        <translation>PyTorch 没有说明这个值来自哪个运算，因此无法移动它。</translation>
    </message>
    <message>
        <source>It began in the forward pass at {node}.</source>
        <extracomment>Where a number first was not finite, by whether that was in the forward pass, and whether a reason is known.</extracomment>
        <translation>它始于前向传播中的 {node}。</translation>
    </message>
    <message>
        <source>It began in the forward pass at {node}: {reason}.</source>
        <translation>它始于前向传播中的 {node}：{reason}。</translation>
    </message>
    <message>
        <source>It began in the backward pass at {node}.</source>
        <translation>它始于反向传播中的 {node}。</translation>
    </message>
    <message>
        <source>It began in the backward pass at {node}: {reason}.</source>
        <translation>它始于反向传播中的 {node}：{reason}。</translation>
    </message>
    <message>
        <source>It is {number}.</source>
        <translation>它是 {number}。</translation>
    </message>
    <message numerus="yes">
        <source>{bad} of {all} elements are not finite, the first is element {first}: {number}.</source>
        <comment>{bad} of {all} elements is not finite, the first is element {first}: {number}.</comment>
        <translation>
            <numerusform>{all}个元素中有{bad}个不是有限的，第一个是元素{first}：{number}。</numerusform>
        </translation>
    </message>
    <message>
        <source>The node at which it began is not known.</source>
        <translation>不知道它始于哪个节点。</translation>
    </message>
    <message>
        <source>It is made by {line}.</source>
        <translation>它由这一行产生：{line}。</translation>
    </message>
    <message>
        <source>The model does not run the same way twice.</source>
        <translation>模型两次运行的方式不同。</translation>
    </message>
    <message>
        <source>Let chance follow torch&apos;s seed.</source>
        <translation>请让随机性遵循 torch 的随机种子。</translation>
    </message>
    <message>
        <source>{one} and {other} lie in the same memory: to move one moves both, but each has the gradient of its own use alone. To tie them, make both the same nn.Parameter.</source>
        <translation>{one} 和 {other} 位于同一块内存：移动一个，两个都会移动，但各自只有自己那次使用的梯度。要把它们绑定在一起，请让两者是同一个 nn.Parameter。</translation>
    </message>
    <message>
        <source>with its operations heard, {told}</source>
        <translation>监听它的运算时，{told}</translation>
    </message>
    <message>
        <source>PyTorch says “{words}”</source>
        <translation>PyTorch 提示“{words}”</translation>
    </message>
    <message>
        <source>The model does not give now what it gave in this pass.</source>
        <translation>模型现在给出的结果与这次传播时不同。</translation>
    </message>
    <message>
        <source>Do one step, or build the model anew: the newest pass can be checked where the weights are still its own, and where chance follows the seed.</source>
        <translation>请训练一步，或重新构建模型：只要权重仍是最新一次传播时的权重，并且随机性遵循随机种子，这次传播就可以检验。</translation>
    </message>
    <message>
        <source>To move it by itself takes longer than the limit of time, and among all leaves its part of the slope is too small to be seen: check it by its name, or without a limit.</source>
        <extracomment>Two steps to either side, of each direction.</extracomment>
        <translation>单独移动它会超过时间限制，而在所有叶子中，它占的那部分斜率又小得看不出来：请按名称检验它，或者不设时间限制。</translation>
    </message>
    <message>
        <source>The limit of time was over: check this node by its id, or without a limit.</source>
        <translation>时间限制已到：请按 id 检验这个节点，或者不设时间限制。</translation>
    </message>
    <message numerus="yes">
        <source>One by one the {leaves} leaves take about {time}. Moved together they differ from finite differences, so each is checked by itself, beyond the limit of time.</source>
        <comment>One by one the {leaves} leaf takes about {time}. Moved together they differ from finite differences, so each is checked by itself, beyond the limit of time.</comment>
        <translation>
            <numerusform>逐个检验{leaves}个叶子约需 {time}。一起移动时，它们与有限差分不符，因此会超出时间限制逐个检验。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One by one the {leaves} leaves take about {time}: as many are checked as the limit of time allows.</source>
        <comment>One by one the {leaves} leaf takes about {time}: as many are checked as the limit of time allows.</comment>
        <translation>
            <numerusform>逐个检验{leaves}个叶子约需 {time}：在时间限制内能检验多少就检验多少。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One by one the {leaves} leaves take about {time}: {together} are checked together, to keep the limit of time.</source>
        <comment>One by one the {leaves} leaf takes about {time}: {together} is checked together, to keep the limit of time.</comment>
        <translation>
            <numerusform>逐个检验{leaves}个叶子约需 {time}：为了不超过时间限制，其中{together}个一起检验。</numerusform>
        </translation>
    </message>
    <message>
        <source>{minutes:.0f} minutes</source>
        <translation>{minutes:.0f} 分钟</translation>
    </message>
    <message>
        <source>The expression has {size} parts; sympy is asked up to {most}.</source>
        <extracomment>A larger tree is not given to sympy: its derivative may be of quadratic size, or worse. In seconds: sympy is given so long to be loaded and to differentiate. Decimal digits of the evaluation. So many operations are evaluated at once, between two looks at the commands. Powers of whole numbers are computed exactly, so they are kept small. A number of mpmath, and an expression of sympy: neither is typed.</extracomment>
        <translation>表达式有{size}个部分；最多{most}个时才会使用 sympy。</translation>
    </message>
    <message>
        <source>sympy took more than {seconds} s.</source>
        <translation>sympy 用时超过 {seconds} s。</translation>
    </message>
    <message>
        <source>sympy fails at this expression: {error}</source>
        <translation>sympy 无法处理这个表达式：{error}</translation>
    </message>
    <message>
        <source>At a bound of clamp, releases of PyTorch choose different slopes.</source>
        <translation>在 clamp 的边界上，PyTorch 的不同版本采用不同的斜率。</translation>
    </message>
    <message>
        <source>sympy&apos;s derivative has no finite value there.</source>
        <translation>sympy 的导数在那里没有有限的值。</translation>
    </message>
    <message>
        <source>sympy&apos;s derivative has {function}.</source>
        <translation>sympy 的导数中含有 {function}。</translation>
    </message>
    <message>
        <source>sympy&apos;s derivative is not a finite real number there.</source>
        <translation>sympy 的导数在那里不是有限的实数。</translation>
    </message>
    <message>
        <source>In float64, moved together with {others}, in {directions} (seed {seed}): the slope of the output is that of all gradients.</source>
        <extracomment>Moved values of more elements take too much memory. A wrong gradient is seen if its leaf&apos;s part of the slope is so many times the tolerance. A direction shows an error of a gradient by this part of its usual size at least, but for chance. Rounding counts so many times, as it is itself rounded.</extracomment>
        <translation>在 float64 中，与{others}一起沿{directions}移动（随机种子 {seed}）：输出的斜率与全部梯度一致。</translation>
    </message>
    <message numerus="yes">
        <source>the other {shown} leaves</source>
        <comment>the other leaf</comment>
        <translation>
            <numerusform>其余{shown}个叶子</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} random directions</source>
        <comment>{count} random direction</comment>
        <translation>
            <numerusform>{count}个随机方向</numerusform>
        </translation>
    </message>
    <message>
        <source>A gradient that is wrong by {part:.0e} of itself would be seen.</source>
        <translation>梯度若有自身 {part:.0e} 的误差，就会被发现。</translation>
    </message>
    <message>
        <source>This loss has no formula here.</source>
        <extracomment>The relative error of double precision where nothing cancels, with room. The ratio of the effect of rounding in double precision to that in single precision.</extracomment>
        <translation>这里没有这个损失的公式。</translation>
    </message>
    <message>
        <source>PyTorch passed no gradient here.</source>
        <translation>PyTorch 没有把梯度传到这里。</translation>
    </message>
    <message>
        <source>PyTorch&apos;s gradient is {number}, and sympy&apos;s is {expected}.</source>
        <translation>PyTorch 的梯度是 {number}，而 sympy 的是 {expected}。</translation>
    </message>
    <message>
        <source>What rounding does to this pass is not known.</source>
        <translation>不知道舍入误差对这次传播有多大影响。</translation>
    </message>
    <message>
        <source>the value</source>
        <translation>该值</translation>
    </message>
    <message>
        <source>sympy: {number}, evaluated with {digits} digits.</source>
        <translation>sympy：{number}，以{digits}位数字求值。</translation>
    </message>
    <message>
        <source>Rounding in {dtype} explains {rounding}.</source>
        <translation>{dtype} 的舍入误差可解释 {rounding} 的差别。</translation>
    </message>
    <message>
        <source>This node is of one operation: torch.compile has not made it.</source>
        <translation>这个节点只对应一个运算：它不是由 torch.compile 产生的。</translation>
    </message>
    <message>
        <source>The compiler has not kept its forward graph.</source>
        <translation>编译器没有保留它的前向图。</translation>
    </message>
    <message>
        <source>The compiler has not kept its backward graph.</source>
        <translation>编译器没有保留它的反向图。</translation>
    </message>
    <message>
        <source>As inductor compiled it, by operations of its own.</source>
        <translation>这是 inductor 编译的结果，用的是它自己的运算。</translation>
    </message>
    <message>
        <source>gradient that arrives</source>
        <extracomment>The nodes of parameters, of saved values and of gradients of parameters.</extracomment>
        <translation>到达的梯度</translation>
    </message>
    <message>
        <source>saved in the forward pass</source>
        <translation>前向传播中保存</translation>
    </message>
    <message>
        <source>input of the function</source>
        <translation>函数的输入</translation>
    </message>
    <message>
        <source>{label} (shape not kept)</source>
        <translation>{label}（未保留形状）</translation>
    </message>
    <message>
        <source>Operations are counted of a forward pass, and this graph is the graph of a gradient.</source>
        <translation>运算次数是对前向传播统计的，而这张图是梯度的计算图。</translation>
    </message>
    <message>
        <source>The forward pass takes gradients itself, and which group their operations belong to is not known.</source>
        <translation>前向传播自己就求了梯度，不知道其中的运算属于哪个分组。</translation>
    </message>
    <message>
        <source>PyTorch does not show the operations within {function}, so they cannot be counted.</source>
        <translation>PyTorch 不显示 {function} 内部的运算，因此无法统计。</translation>
    </message>
    <message>
        <source>The backward pass is written by hand: it has no groups.</source>
        <extracomment>While operations are heard, PyTorch reshapes by another one of these. Calls that run a backward pass, whose operations are those of many nodes.</extracomment>
        <translation>反向传播是手写的：它没有分组。</translation>
    </message>
    <message>
        <source>This version of PyTorch does not tell its operations.</source>
        <translation>这个版本的 PyTorch 不显示它的运算。</translation>
    </message>
    <message>
        <source>The model builds another graph now than the one shown.</source>
        <translation>模型现在构建的图与显示的图不同。</translation>
    </message>
    <message>
        <source>The numbers have changed meanwhile.</source>
        <extracomment>After so long the engine has an ear for commands between two parts. It works on for so long at a time, and tells its progress so often.</extracomment>
        <translation>这些数在此期间变了。</translation>
    </message>
    <message>
        <source>Ask for it anew.</source>
        <translation>请重新请求。</translation>
    </message>
    <message>
        <source>{name} cannot be on both axes.</source>
        <translation>{name} 不能同时放在两个轴上。</translation>
    </message>
    <message>
        <source>Choose another number.</source>
        <translation>请选择另一个数。</translation>
    </message>
    <message>
        <source>The model has no number {name!r}.</source>
        <translation>模型中没有叫 {name!r} 的数。</translation>
    </message>
    <message>
        <source>Choose one of the list, or name it as w[0] or 0.weight[1, 2].</source>
        <translation>请从列表中选择，或写成 w[0]、0.weight[1, 2] 这样的名称。</translation>
    </message>
    <message>
        <source>On the meta device there are no numbers.</source>
        <translation>meta 设备上没有数值。</translation>
    </message>
    <message>
        <source>Choose cpu.</source>
        <translation>请选择 cpu。</translation>
    </message>
    <message>
        <source>The range of a landscape goes from a finite number to a larger one.</source>
        <translation>损失地形的范围要从一个有限的数到一个更大的数。</translation>
    </message>
    <message>
        <source>Zoom out.</source>
        <translation>请缩小视图。</translation>
    </message>
    <message numerus="yes">
        <source>{count} values along an axis cannot be computed.</source>
        <comment>{count} value along an axis cannot be computed.</comment>
        <translation>
            <numerusform>一个轴上无法计算{count}个值。</numerusform>
        </translation>
    </message>
    <message>
        <source>Use 1 to {most}.</source>
        <translation>请使用 1 到{most}个。</translation>
    </message>
    <message>
        <source>The output is not one number, and has no landscape.</source>
        <extracomment>So many elements of one result at once. Those of tensors that are spread stay in the processor&apos;s cache and with one thread: to share out so little costs more than it gains. The value of a batch and the one that is computed by itself differ by rounding alone. Rows and columns of a grid, and the values there.</extracomment>
        <translation>输出不是单个数，没有损失地形。</translation>
    </message>
    <message>
        <source>Give the model a loss.</source>
        <translation>请给模型一个损失。</translation>
    </message>
    <message>
        <source>The forward pass failed when it ran once more: {message}</source>
        <extracomment>Yields how far a search is, and returns the reasons.</extracomment>
        <translation>前向传播再次运行时失败：{message}</translation>
    </message>
    <message>
        <source>Only first gradients are looked for, and this graph is that of a gradient.</source>
        <translation>只查找一阶梯度，而这张图是梯度的计算图。</translation>
    </message>
    <message>
        <source>Turn Model ▸ Create graph off to ask for the reasons.</source>
        <translation>请关闭“模型 ▸ 创建梯度的图”再查询原因。</translation>
    </message>
    <message>
        <source>There is no such node in this pass.</source>
        <translation>这次传播中没有这个节点。</translation>
    </message>
    <message>
        <source>Choose one of the graph.</source>
        <translation>请选择图中的一个节点。</translation>
    </message>
    <message>
        <source>It is on the meta device: it has a shape and no data.</source>
        <translation>它在 meta 设备上：有形状，没有数据。</translation>
    </message>
    <message>
        <source>Its layout can only be read by a copy, and it is too large for one.</source>
        <translation>它的布局只能复制后读取，而它太大，无法复制。</translation>
    </message>
    <message>
        <source>It holds nothing.</source>
        <translation>它是空的。</translation>
    </message>
    <message>
        <source>It is too large to be dequantized.</source>
        <translation>它太大，无法反量化。</translation>
    </message>
    <message>
        <source>Its values are shown dequantized.</source>
        <translation>显示的是它反量化后的值。</translation>
    </message>
    <message>
        <source>Statistics are those of the magnitudes.</source>
        <translation>统计量按模计算。</translation>
    </message>
    <message>
        <source>NumPy has no {dtype}: a copy has the same values in float32.</source>
        <translation>NumPy 没有 {dtype}：副本以 float32 保存同样的值。</translation>
    </message>
    <message>
        <source>It is nested: {count} tensors, each with its own shape; the first {most} can be chosen.</source>
        <translation>它是嵌套张量：{count}个张量，形状各不相同；可以选择前{most}个。</translation>
    </message>
    <message numerus="yes">
        <source>It is nested: {shown} tensors, each with its own shape.</source>
        <comment>It is nested: {shown} tensor, each with its own shape.</comment>
        <translation>
            <numerusform>它是嵌套张量：{shown}个张量，形状各不相同。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is sparse: {stored} of {all} elements are stored, all others are 0.</source>
        <comment>It is sparse: {stored} of {all} elements is stored, all others are 0.</comment>
        <translation>
            <numerusform>它是稀疏的：{all}个元素中存储了{stored}个，其余都是 0。</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not coalesced: values with the same indices count together.</source>
        <translation>它没有合并（coalesce）：索引相同的值要相加。</translation>
    </message>
    <message>
        <source>It was too large to be kept; the pass was run again for it, and gave the same numbers.</source>
        <extracomment>More values than these are never sent at once.</extracomment>
        <translation>它太大，没有保留；为此重新运行了这次传播，得到了相同的数。</translation>
    </message>
    <message>
        <source>It was changed in place after this pass: these are its values now.</source>
        <translation>它在这次传播之后被原地修改：这里是它现在的值。</translation>
    </message>
    <message>
        <source>This tensor has no such values.</source>
        <translation>这个张量没有这样的值。</translation>
    </message>
    <message>
        <source>The backward pass is written by hand: PyTorch has no node to time.</source>
        <extracomment>The pass is repeated for so long at most, and so often: the shortest times are those that nothing else disturbed.</extracomment>
        <translation>反向传播是手写的：PyTorch 没有可以计时的节点。</translation>
    </message>
    <message>
        <source>The nodes of a forward pass are timed, and this graph is of a gradient.</source>
        <translation>计时的对象是前向传播的节点，而这张图是梯度的计算图。</translation>
    </message>
    <message numerus="yes">
        <source>Time by the clock in the shortest of {count} timed passes of this model and data, with the weights of this moment.</source>
        <comment>Time by the clock in {count} timed pass of this model and data, with the weights of this moment.</comment>
        <translation>
            <numerusform>用时按时钟计算，取这个模型和数据以当前权重进行的{count}次计时传播中最短的一次。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Time by the clock in the shortest of {count} timed passes of this model and data, with the weights of this moment, waiting for {device} at every node.</source>
        <comment>Time by the clock in {count} timed pass of this model and data, with the weights of this moment, waiting for {device} at every node.</comment>
        <translation>
            <numerusform>用时按时钟计算，取这个模型和数据以当前权重进行的{count}次计时传播中最短的一次，并在每个节点处等待 {device}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Forward: the call of torch that made the node.</source>
        <translation>前向：产生该节点的那次 torch 调用。</translation>
    </message>
    <message>
        <source>Backward: from hook to hook, about {overhead:.1f} µs of which is the hooks&apos; own.</source>
        <translation>反向：从一个钩子到下一个钩子，其中约 {overhead:.1f} µs 是钩子自身的用时。</translation>
    </message>
    <message>
        <source>Tensors and autograd</source>
        <translation>张量与自动求导</translation>
    </message>
    <message>
        <source>y = a + b x + c x^2 + d x^3; PyTorch finds the gradients.</source>
        <translation>y = a + b x + c x^2 + d x^3；由 PyTorch 求梯度。</translation>
    </message>
    <message>
        <source>Choose a loss of the list, or the model classifier.</source>
        <translation>请选择列表中的损失，或模型 classifier。</translation>
    </message>
    <message>
        <source>{loss} is for classes, and this model gives numbers.</source>
        <extracomment>Why a loss for the other kind of target cannot be used, by the kind of the model&apos;s target.</extracomment>
        <translation>{loss}用于类别，而这个模型给出的是数。</translation>
    </message>
    <message>
        <source>{loss} is for values, and this model gives classes.</source>
        <translation>{loss}用于数值，而这个模型给出的是类别。</translation>
    </message>
    <message>
        <source>Control flow + sharing</source>
        <extracomment>Among so many steps every choice is all but certain to occur.</extracomment>
        <translation>控制流与共享</translation>
    </message>
    <message>
        <source>By chance, the same e is the weight of x^4 and x^5, of x^4 alone, or of nothing.</source>
        <translation>随机地，同一个 e 是 x^4 和 x^5 的权重、仅是 x^4 的权重，或者完全不用。</translation>
    </message>
    <message>
        <source>Your own autograd Function</source>
        <translation>自己的 autograd Function</translation>
    </message>
    <message>
        <source>y = a + b P3(c + d x); the derivative of P3 is written by hand.</source>
        <translation>y = a + b P3(c + d x)；P3 的导数是手写的。</translation>
    </message>
    <message>
        <source>Custom nn.Module</source>
        <translation>自定义 nn.Module</translation>
    </message>
    <message>
        <source>The same polynomial as a module, with MSELoss and torch.optim.SGD.</source>
        <translation>同一个多项式写成模块，使用 MSELoss 和 torch.optim.SGD。</translation>
    </message>
    <message>
        <source>A linear layer on x, x^2 and x^3, with MSELoss and the update written out.</source>
        <translation>作用于 x、x^2 和 x^3 的线性层，使用 MSELoss，更新是手写的。</translation>
    </message>
    <message>
        <source>Warm-up: NumPy</source>
        <translation>热身：NumPy</translation>
    </message>
    <message>
        <source>y = a + b x + c x^2 + d x^3 in NumPy; the gradients are written by hand.</source>
        <translation>用 NumPy 计算 y = a + b x + c x^2 + d x^3；梯度是手写的。</translation>
    </message>
    <message>
        <source>NumPy does not compute on {device}.</source>
        <translation>NumPy 不能在 {device} 上计算。</translation>
    </message>
    <message>
        <source>Choose cpu, or the model tensors.</source>
        <translation>请选择 cpu，或模型 tensors。</translation>
    </message>
    <message>
        <source>The same linear layer, with MSELoss and torch.optim.RMSprop.</source>
        <translation>同一个线性层，使用 MSELoss 和 torch.optim.RMSprop。</translation>
    </message>
    <message>
        <source>{model} is trained by what it returns.</source>
        <translation>{model} 按它返回的结果训练。</translation>
    </message>
    <message>
        <source>Choose the loss with a target where the file is opened, or keep the model&apos;s own.</source>
        <translation>请在打开文件的地方选择带目标的损失，或保留模型自己的损失。</translation>
    </message>
    <message>
        <source>A file has one x for each point, and the network takes two numbers.</source>
        <extracomment>The surface has so many points in either direction. More than the farthest point. Their outputs are probabilities already.</extracomment>
        <translation>文件中每个数据点只有一个 x，而这个网络要输入两个数。</translation>
    </message>
    <message>
        <source>Leave out the file, and choose one of {targets}.</source>
        <translation>请不用文件，并从 {targets} 中选择一个。</translation>
    </message>
    <message>
        <source>The target {target} has {classes} classes, and the network tells {outputs} apart.</source>
        <translation>目标 {target} 有{classes}个类别，而网络只能区分{outputs}个。</translation>
    </message>
    <message>
        <source>Let its last layer have {classes} outputs, or choose another target.</source>
        <translation>请让最后一层有{classes}个输出，或选择另一个目标。</translation>
    </message>
    <message>
        <source>Tensors, by hand</source>
        <translation>张量，手写梯度</translation>
    </message>
    <message>
        <source>y = a + b x + c x^2 + d x^3 with tensors; the gradients are written by hand.</source>
        <translation>用张量计算 y = a + b x + c x^2 + d x^3；梯度是手写的。</translation>
    </message>
    <message numerus="yes">
        <source>The layers would give {numbers} numbers for {points} points.</source>
        <comment>The layers would give {numbers} numbers for {points} point.</comment>
        <extracomment>The numbers that the outputs of all layers may have together, for all points.</extracomment>
        <translation>
            <numerusform>对于{points}个数据点，各层一共会产生{numbers}个数。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Use at most {points} points, or narrower layers.</source>
        <comment>Use at most {points} point, or narrower layers.</comment>
        <translation>
            <numerusform>请最多使用{points}个数据点，或使用更窄的层。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>y = {network}, with {shown} parameters</source>
        <comment>y = {network}, with {shown} parameter</comment>
        <translation>
            <numerusform>y = {network}，有{shown}个参数</numerusform>
        </translation>
    </message>
    <message>
        <source>{layer} cannot be made: {error}.</source>
        <translation>无法创建 {layer}：{error}。</translation>
    </message>
    <message>
        <source>Use other arguments.</source>
        <translation>请使用其他参数。</translation>
    </message>
    <message>
        <source>{optimizer} does not take compressed sparse parameters, and this model has some.</source>
        <extracomment>Computes the loss anew, with its gradients; returns it, shape ().</extracomment>
        <translation>{optimizer} 不支持压缩稀疏格式的参数，而这个模型中有这样的参数。</translation>
    </message>
    <message>
        <source>Let the parameter be dense, or sparse in the layout COO.</source>
        <translation>请让参数是稠密的，或采用 COO 布局的稀疏格式。</translation>
    </message>
    <message>
        <source>{optimizer} is for sparse gradients alone, and this model has dense ones.</source>
        <translation>{optimizer} 只用于稀疏梯度，而这个模型中有稠密梯度。</translation>
    </message>
    <message>
        <source>Choose Adam.</source>
        <translation>请选择 Adam。</translation>
    </message>
    <message>
        <source>{optimizer} does not take sparse gradients, and this model has some.</source>
        <translation>{optimizer} 不支持稀疏梯度，而这个模型中有稀疏梯度。</translation>
    </message>
    <message>
        <source>Choose {several} or {last}.</source>
        <translation>请选择 {several} 或 {last}。</translation>
    </message>
    <message>
        <source>{optimizer} is for matrices alone, and a parameter of this model has the shape {shape}.</source>
        <translation>{optimizer} 只用于矩阵，而这个模型中有一个参数的形状是 {shape}。</translation>
    </message>
    <message>
        <source>Choose another optimizer, such as AdamW.</source>
        <translation>请选择另一个优化器，例如 AdamW。</translation>
    </message>
    <message>
        <source>{name}: {error}.</source>
        <translation>{name}：{error}。</translation>
    </message>
    <message>
        <source>Change one of its options.</source>
        <translation>请修改它的某个选项。</translation>
    </message>
    <message>
        <source>SGD, written out</source>
        <extracomment>A buffer that PyTorch makes only at an optimizer&apos;s first step, by the option that needs it. The best known come first. They come last: each works on sparse gradients, or on matrices, alone. They take sparse gradients as well as dense ones. Their step is proportional to the gradient, so that no one learning rate suits all models.</extracomment>
        <translation>SGD（手写更新）</translation>
    </message>
    <message>
        <source>There is no optimizer {name!r}.</source>
        <translation>没有优化器 {name!r}。</translation>
    </message>
    <message>
        <source>{optimizer} needs a loss that it can compute anew.</source>
        <translation>{optimizer} 需要一个可以重新计算的损失。</translation>
    </message>
    <message>
        <source>There is no scheduler {name!r}.</source>
        <extracomment>The classes that the others derive from. They are made of other schedulers, which no option is: of a short warm-up and a decay at first. Values of options without a default in the signature; by default a run has 2,000 steps. The factor of the learning rate, typed as an expression in t. Given by the training&apos;s learning rate. The momentum is the optimizer&apos;s own; `gamma` works in a mode of CyclicLR that is not chosen. Rates are kept in pieces of so many, and of that many pieces.</extracomment>
        <translation>没有学习率调度器 {name!r}。</translation>
    </message>
    <message>
        <source>{scheduler}: the learning rate has no finite value at t = {step}.</source>
        <extracomment>How the scheduler was before each piece of the rates.</extracomment>
        <translation>{scheduler}：学习率在 t = {step} 处没有有限的值。</translation>
    </message>
    <message>
        <source>Change its expression, such as 1/(1 + t) for 1/t.</source>
        <translation>请修改它的表达式，例如把 1/t 改成 1/(1 + t)。</translation>
    </message>
    <message>
        <source>There are no local derivatives here: the backward pass is written by hand, and PyTorch&apos;s is another one.</source>
        <translation>这里没有局部导数：反向传播是手写的，与 PyTorch 的不同。</translation>
    </message>
    <message>
        <source>There are no local derivatives here: another forward pass built another graph.</source>
        <translation>这里没有局部导数：再次前向传播构建了另一张图。</translation>
    </message>
    <message>
        <source>There are no local derivatives here: the weights have changed since the pass was recorded.</source>
        <translation>这里没有局部导数：记录这次传播之后权重变了。</translation>
    </message>
    <message>
        <source>There are no local derivatives here: another forward pass gave other numbers, as it does where chance has a part, such as in dropout.</source>
        <translation>这里没有局部导数：再次前向传播得到了不同的数，有随机成分（例如 dropout）时就会这样。</translation>
    </message>
    <message>
        <source>There are no local derivatives here: PyTorch&apos;s node takes no gradient of ones.</source>
        <translation>这里没有局部导数：PyTorch 的节点不接受全 1 的梯度。</translation>
    </message>
    <message>
        <source>The model has none.</source>
        <extracomment>How far the curve around a point is drawn to either side, and with how many points. Fewer points than this, and those of a file, are dots: the curve runs through so many others. A model with more parameters than this does not tell the names of all of them.</extracomment>
        <translation>模型没有参数。</translation>
    </message>
    <message>
        <source>The model has: {names}.</source>
        <translation>模型有：{names}。</translation>
    </message>
    <message>
        <source>{name} is an input at a point, and has its value there.</source>
        <translation>{name} 是在一点处的输入，它的值在那里给出。</translation>
    </message>
    <message>
        <source>There is no parameter {name!r} to start at.</source>
        <translation>没有可以设置初始值的参数 {name!r}。</translation>
    </message>
    <message>
        <source>{name} cannot start at {value}.</source>
        <translation>{name} 不能从 {value} 开始。</translation>
    </message>
    <message>
        <source>Use a finite number, at most {most} in this precision.</source>
        <translation>请使用有限的数，在这个精度下最大为 {most}。</translation>
    </message>
    <message>
        <source>The seed {seed} does not work.</source>
        <translation>随机种子不能是 {seed}。</translation>
    </message>
    <message>
        <source>Use a whole number from 0 to 2^63 - 1.</source>
        <translation>请使用 0 到 2^63 - 1 之间的整数。</translation>
    </message>
    <message>
        <source>{name} cannot be {value}.</source>
        <translation>{name} 不能是 {value}。</translation>
    </message>
    <message>
        <source>Use a finite number, such as 2.</source>
        <translation>请使用有限的数，例如 2。</translation>
    </message>
    <message>
        <source>Use a number of at most {most}, as this precision has them.</source>
        <translation>请使用不超过 {most} 的数，这是这个精度的上限。</translation>
    </message>
    <message>
        <source>There is nothing to differentiate: neither x nor a parameter occurs.</source>
        <translation>没有可求导的内容：既没有 x，也没有参数。</translation>
    </message>
    <message>
        <source>Use x, or a letter as a parameter, such as a x + b.</source>
        <translation>请使用 x，或用字母作参数，例如 a x + b。</translation>
    </message>
    <message>
        <source>In a fit y is the target, so that it cannot be in the expression.</source>
        <translation>拟合时 y 是目标，因此不能出现在表达式中。</translation>
    </message>
    <message>
        <source>Choose At a point to give y and z values, or use another letter for y.</source>
        <translation>请选择“在一点”来给出 y 和 z 的值，或把 y 换成另一个字母。</translation>
    </message>
    <message>
        <source>There is nothing to train: the expression has no parameter.</source>
        <translation>没有可训练的内容：表达式没有参数。</translation>
    </message>
    <message>
        <source>Write a letter where a number is to be found, such as a x + b.</source>
        <translation>请在要求出的数的位置写一个字母，例如 a x + b。</translation>
    </message>
    <message>
        <source>{model} has no gradient at a point.</source>
        <translation>{model} 没有某一点的梯度。</translation>
    </message>
    <message>
        <source>Choose to fit it to the target.</source>
        <translation>请选择把它拟合到目标。</translation>
    </message>
    <message>
        <source>There is nothing to train: no parameter in {file} has values and requires a gradient.</source>
        <translation>没有可训练的内容：{file} 中没有既有值又需要梯度的参数。</translation>
    </message>
    <message>
        <source>Give the module an nn.Parameter, on another device than meta.</source>
        <translation>请给模块一个 nn.Parameter，并放在 meta 以外的设备上。</translation>
    </message>
    <message>
        <source>{file} is run on its own inputs, not at a point.</source>
        <translation>{file} 用自己的输入运行，而不是在一点处运行。</translation>
    </message>
    <message>
        <source>Leave out the x.</source>
        <translation>请去掉 x。</translation>
    </message>
    <message>
        <source>A graph of order {order} is not offered.</source>
        <extracomment>The nodes that PyTorch puts in the graph where a backward cannot be differentiated.</extracomment>
        <translation>不提供{order}阶的图。</translation>
    </message>
    <message>
        <source>Use one of {numbers}.</source>
        <translation>请使用 {numbers} 之一。</translation>
    </message>
    <message>
        <source>The {derivative} is constant: it has no graph to be differentiated again.</source>
        <translation>{derivative}是常数：没有可以再次求导的计算图。</translation>
    </message>
    <message>
        <source>Turn Create graph off, or choose a model that is not linear.</source>
        <translation>请关闭“创建梯度的图”，或选择非线性的模型。</translation>
    </message>
    <message>
        <source>Order {order}: the graph of the {derivative} {along}.</source>
        <translation>{order}阶：这是{along}的{derivative}的计算图。</translation>
    </message>
    <message>
        <source>A leaf gets the {derivative}.</source>
        <translation>叶子得到的是{derivative}。</translation>
    </message>
    <message>
        <source>Double outline: computed by a backward pass.</source>
        <translation>双线边框：由反向传播算出。</translation>
    </message>
    <message>
        <source>Triple outline: computed by a backward pass.</source>
        <translation>三线边框：由反向传播算出。</translation>
    </message>
    <message>
        <source>PyTorch cannot differentiate this gradient: {error}.</source>
        <translation>PyTorch 无法对这个梯度求导：{error}。</translation>
    </message>
    <message>
        <source>Run attention within torch.nn.attention.sdpa_kernel(SDPBackend.MATH).</source>
        <translation>请在 torch.nn.attention.sdpa_kernel(SDPBackend.MATH) 中运行注意力。</translation>
    </message>
    <message>
        <source>Turn Create graph off, or use another operation.</source>
        <translation>请关闭“创建梯度的图”，或使用另一个运算。</translation>
    </message>
    <message>
        <source>There is no direction {direction!r}.</source>
        <translation>没有方向 {direction!r}。</translation>
    </message>
    <message>
        <source>Use ones, gradient, random, or one of {leaves}.</source>
        <translation>请使用 ones、gradient、random，或 {leaves} 之一。</translation>
    </message>
    <message>
        <source>its result has no graph</source>
        <translation>它的结果没有计算图</translation>
    </message>
    <message>
        <source>The backward of {functions} cannot be differentiated again: {reason}.</source>
        <translation>{functions} 的反向传播无法再次求导：{reason}。</translation>
    </message>
    <message>
        <source>Write it with operations of torch, without once_differentiable, detach or NumPy.</source>
        <translation>请用 torch 的运算编写它，不要使用 once_differentiable、detach 或 NumPy。</translation>
    </message>
    <message>
        <source>Run {number} ({title}): {message}</source>
        <extracomment>The history of all compared runs together, in bytes: only the way back to finite weights is needed of it. From one round to the next the number of steps grows by this factor at most. The part of the time of a frame that is for the steps; the rest is for telling of them.</extracomment>
        <translation>第{number}个运行（{title}）：{message}</translation>
    </message>
    <message>
        <source>0 tensors</source>
        <translation>0 个张量</translation>
    </message>
    <message numerus="yes">
        <source>{count} tensors of shape {shape}</source>
        <comment>{count} tensor of shape {shape}</comment>
        <translation>
            <numerusform>{count}个形状为 {shape} 的张量</numerusform>
        </translation>
    </message>
    <message>
        <source>Step {step} could not be computed again: its loss is {loss}.</source>
        <extracomment>The moment before the slice that was trained last. The moment that was stood at last: the next one asked for is mostly the one after it.</extracomment>
        <translation>无法重新计算第{step}步：它的损失是 {loss}。</translation>
    </message>
    <message>
        <source>The device does not compute the same twice.</source>
        <translation>这个设备两次计算的结果不相同。</translation>
    </message>
    <message>
        <source>The loss is {loss} at step {step}.</source>
        <translation>第{step}步的损失是 {loss}。</translation>
    </message>
    <message>
        <source>The gradient of {parameter} is not finite at step {step}, though the loss is: {loss}.</source>
        <translation>第{step}步时 {parameter} 的梯度不是有限的，虽然损失是有限的：{loss}。</translation>
    </message>
    <message>
        <source>The update of step {step} makes the parameter {parameter} not finite, though its gradient and the loss are.</source>
        <translation>第{step}步的更新使参数 {parameter} 不再是有限的，虽然它的梯度和损失都是有限的。</translation>
    </message>
    <message>
        <source>In the forward pass {node} is the first that is not finite.</source>
        <extracomment>Where the first number that is not finite was made, by whether that was in the forward pass, and whether a reason is known.</extracomment>
        <translation>在前向传播中，{node} 最先出现非有限的数。</translation>
    </message>
    <message>
        <source>In the forward pass {node} is the first that is not finite: {reason}.</source>
        <translation>在前向传播中，{node} 最先出现非有限的数：{reason}。</translation>
    </message>
    <message>
        <source>In the backward pass {node} is the first that is not finite.</source>
        <translation>在反向传播中，{node} 最先出现非有限的数。</translation>
    </message>
    <message>
        <source>In the backward pass {node} is the first that is not finite: {reason}.</source>
        <translation>在反向传播中，{node} 最先出现非有限的数：{reason}。</translation>
    </message>
    <message>
        <source>Nothing was trained.</source>
        <translation>没有进行任何训练。</translation>
    </message>
    <message>
        <source>The weights are those of step {step}, the last with a finite loss.</source>
        <translation>现在的权重是第{step}步的，这是损失仍为有限值的最后一步。</translation>
    </message>
    <message>
        <source>The weights are those of step {step}, which are finite.</source>
        <translation>现在的权重是第{step}步的，它们是有限的。</translation>
    </message>
    <message>
        <source>Try another seed, or change the model.</source>
        <translation>请试试另一个随机种子，或修改模型。</translation>
    </message>
    <message>
        <source>Try a smaller learning rate, such as {rate}.</source>
        <translation>请试试更小的学习率，例如 {rate}。</translation>
    </message>
    <message>
        <source>The weights and the optimizer&apos;s memory are too large to be kept with the session.</source>
        <extracomment>So many moments between the first and the newest are kept, from which steps are computed again, and so much memory they may take. A change of the settings: a whole training, a learning rate, or data.</extracomment>
        <translation>权重和优化器的状态太大，无法与会话一起保存。</translation>
    </message>
    <message>
        <source>It is saved with its settings; its training begins anew.</source>
        <translation>会话会连同设置一起保存；训练将从头开始。</translation>
    </message>
    <message>
        <source>The training cannot be kept in a file: there is {thing} in its state.</source>
        <translation>训练无法保存到文件中：它的状态中有{thing}。</translation>
    </message>
    <message>
        <source>The session is saved with its settings; its training begins anew.</source>
        <translation>会话会连同设置一起保存；训练将从头开始。</translation>
    </message>
    <message>
        <source>The model has other parameters than in the session, so that its training begins anew.</source>
        <translation>模型的参数与会话中的不同，因此训练从头开始。</translation>
    </message>
    <message>
        <source>Put the file of the model back to what it was, and open the session again.</source>
        <translation>请把模型文件恢复成原来的样子，再重新打开会话。</translation>
    </message>
    <message>
        <source>The parameters of the model have other shapes than in the session, so that its training begins anew.</source>
        <translation>模型参数的形状与会话中的不同，因此训练从头开始。</translation>
    </message>
    <message>
        <source>The data have changed since the session was saved: it goes on with those of now.</source>
        <translation>会话保存之后数据变了：将使用现在的数据继续。</translation>
    </message>
    <message>
        <source>There is nothing to train in the gradient at a point.</source>
        <extracomment>A moment is kept at least so often, so that going back never repeats more than that.</extracomment>
        <translation>某一点的梯度没有可训练的内容。</translation>
    </message>
    <message>
        <source>Switch to fit.</source>
        <translation>请切换到拟合。</translation>
    </message>
    <message>
        <source>A fit needs a parameter, as a is in a x, and y is its target.</source>
        <translation>拟合需要一个参数，例如 a x 中的 a，而 y 是它的目标。</translation>
    </message>
    <message>
        <source>Choose one from 0 to {last}.</source>
        <translation>请选择 0 到{last}之间的一步。</translation>
    </message>
    <message>
        <source>There is no language “{code}”.</source>
        <translation>没有语言“{code}”。</translation>
    </message>
    <message>
        <source>There are: {languages}.</source>
        <translation>可用的有：{languages}。</translation>
    </message>
    <message>
        <source>The translations in {file} cannot be read: {reason}.</source>
        <translation>无法读取 {file} 中的译文：{reason}。</translation>
    </message>
    <message>
        <source>Install gradviz again; English is used meanwhile.</source>
        <translation>请重新安装 gradviz；在此期间使用英语。</translation>
    </message>
    <message>
        <source>{file}: the translation of “{text}” {fault}.</source>
        <translation>{file}：“{text}”的译文{fault}。</translation>
    </message>
    <message>
        <source>has a brace that is not closed ({error})</source>
        <translation>有未闭合的大括号（{error}）</translation>
    </message>
    <message>
        <source>lacks {names}</source>
        <translation>缺少 {names}</translation>
    </message>
    <message>
        <source>has {names}, which the text has not</source>
        <translation>有原文中没有的 {names}</translation>
    </message>
    <message numerus="yes">
        <source>{count} more are like it.</source>
        <comment>{count} more is like it.</comment>
        <extracomment>The code of the chosen language, in the settings; empty for that of the system. Qt&apos;s own words, such as those of its dialogs. How often a language has been chosen: what is read for an earlier one comes too late. Whether the engine has said texts again that are still shown as they were.</extracomment>
        <translation>
            <numerusform>还有{count}处类似的问题。</numerusform>
        </translation>
    </message>
    <message>
        <source>The loss {loss} has no formula here, so it stays a name.</source>
        <translation>损失 {loss} 在这里没有公式，因此只写出名称。</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手写</translation>
    </message>
</context>
</TS>
