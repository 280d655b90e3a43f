"""Words that a language can hardly do without, by Snowball's name of the language: they say nothing of what is told.

Left out on purpose: "us", which folding makes of "US" too, and number words, which claims are often about.
"""

STOP_WORDS = {
    "english": """
        a about above after again against all also although am among an and any are aren as at be because been before
        being below between both but by can cannot could couldn d did didn do does doesn doing don down during each
        either else ever every few for from further had hadn has hasn have haven having he her here hers herself him
        himself his how however i if in into is isn it its itself just ll m may me might more most much must my myself
        neither no nor not now o of off on once only onto or other our ours ourselves out over own per re s same shall
        she should shouldn since so some still such t than that the their theirs them themselves then there these they
        this those though through thus to too toward towards under until unto up upon ve very via was wasn we were
        weren what when where whether which while who whom whose why will with within without won would wouldn yet you
        your yours yourself yourselves
    """,
    "german": """
        ab aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bin bis bist da
        damit dann das dass dein deine dem den denn der deren des dessen die dies diese diesem diesen dieser dieses
        doch dort du durch ein eine einem einen einer eines er es etwas euch euer für gegen gewesen hab habe haben hat
        hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist jede jedem jeden
        jeder jedes jene kann kein keine können könnte man manche mehr mein meine mich mir mit muss nach nicht nichts
        noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seit sich sie sind so soll sollte sondern
        sowie über um und uns unser unter vom von vor während war waren warum was weil weiter welche welcher wenn wer
        werde werden wie wieder will wir wird wo wurde wurden zu zum zur zwar zwischen
    """,
    "french": """
        a afin ai ainsi alors après as au aucun aucune aussi autre autres aux avaient avait avant avec avoir c car ce
        ceci cela celle celles celui ces cet cette ceux chaque chez comme contre d dans de depuis des donc dont du elle
        elles en encore entre es est et étaient était été être eu eux fait fut il ils j je jusqu l la le les leur leurs
        lors lui m ma mais me même mes moi mon n ne ni non nos notre nous on ont ou où par parce pas pendant peu peut
        plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera ses si soit son sont
        sous sur t ta te tes toi ton tous tout toute toutes très tu un une vers vos votre vous y
    """,
    "spanish": """
        a al algo algunas algunos ante antes aquel aquella así aun aunque bajo bien cada casi como con contra cual
        cuando cuya cuyo de del desde donde dos durante e el él ella ellas ellos en entre era eran es esa esas ese eso
        esos está están esta estaba este esto estos estas fue fueron ha había haber hace hacia han hasta hay la las le
        les lo los más me mi mientras mis muy nada ni no nos nosotros nuestra nuestro o os otra otras otro otros para
        pero poco por porque pues que qué quien quienes se sea según ser será si sí sido sin sino sobre solo son su sus
        también tan tanto te tiene tienen toda todas todo todos tras tu un una unas uno unos y ya yo
    """,
    "italian": """
        a ad agli ai al alla alle allo anche ancora avere aveva avevano c che chi ci come con contro cui d da dagli dai
        dal dalla dalle dallo degli dei del della delle dello di dopo dove due e ed era erano essere fa fino fra gli ha
        hanno i il in io l la le lei li lo loro lui ma me mentre mi mio molto ne negli nei nel nella nelle nello no noi
        non nostra nostro o ogni ora per perché però più poi prima qual quale quali quando quella quelle quelli quello
        questa queste questi questo qui sarà se senza si sia sia sono sopra sotto stata state stati stato su sua sue
        sugli sui sul sulla sulle sullo suo suoi tra tu tutta tutte tutti tutto un una uno vi
    """,
    "portuguese": """
        a à ainda além algum alguma ante antes ao aos apenas após as até cada com como contra da das de depois desde do
        dos e é ela elas ele eles em enquanto entre era eram essa essas esse esses esta está estão estas estava este
        estes eu foi foram há isso isto já lhe lhes mais mas me mesmo meu minha muito na não nas nem no nos nós nossa
        nosso num numa o onde os ou outra outras outro outros para pela pelas pelo pelos per por porque qual quando que
        quem são se segundo seja sem ser será seu seus sido só sob sobre sua suas também tem têm tinha toda todas todo
        todos um uma umas uns você
    """,
    "dutch": """
        aan al alle alleen als altijd andere bij daar dan dat de deze die dit doch doen door dus een eens en er ge geen
        had hadden heb hebben heeft hem het hier hij hoe hun iets ik in is ja je jij kan kon kunnen maar me meer men
        met mij mijn moet na naar niet niets nog nu of om omdat ons onze ook op over reeds sinds te tegen toch toen tot
        u uit uw van veel voor waar want waren was wat we wel werd werden wie wij wil worden wordt zal ze zelf zich zij
        zijn zo zonder zou zouden
    """,
    "russian": """
        а без более бы был была были было быть в вам вас во вот все всего всех вы где да даже для до его ее ей ему если
        есть еще же за здесь и из или им их к как ко когда кто ли между меня мне мы на над не него нее нет ни них но о
        об однако он она они оно от перед по под после при про с свой себя со так также такой там те тем то того тоже
        только том ты у уже чего чем что чтобы эта эти это этого этом этот я
    """,
}
