"""The table behind the lexicon: dimension, sign, and the phrases that mean it in English, French and German."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PURE = ""
OPEN = "?"
"""The dimension of what is called the same and measured in two ways: only its sign is known."""
_V = "kg m2 s-3 A-1"
_OHM = "kg m2 s-3 A-2"
_SIEMENS = "kg-1 m-2 s3 A2"
_FARAD = "kg-1 m-2 s4 A2"
_J = "kg m2 s-2"

POSITIVE = ("K", "mol m-3", _OHM, _SIEMENS, _FARAD, "kg", "kg m-3", "mol", "m2", "m3")
"""Dimensions whose quantities are positive when nothing else is said."""

PLAIN_WORDS = _set(
    """of in per at for through across along between from to inside outside within on by with under over du de des la
    le par dans à en entre pour von im der des am pro durch zwischen für bei is are after before during when vor nach
    and und et or oder ou that which required needed due relative"""
)
"""Words behind which a phrase says what the quantity belongs to, not what it is."""

ARTICLES = frozenset({"the", "a", "an", "la", "le", "les", "l", "un", "une", "die", "der", "das", "ein", "eine"})

TURNING = _set(
    """per pro relative relativ relativer relatives normalized normalised normalisiert dimensionless specific spezifisch
    spezifische spezifischer spezifisches ratio rate gradient squared square inverse reciprocal derivative unit reduced
    logarithm log factor faktor facteur percentage percent fraction fractional distribution probability spectral number
    constant coefficient gain state population neuron channel flux charge volumetric areal linear angular massic
    molar massique volumique linéique surfacique relatif relatives molaire einheit je index level loss quantum scale
    half max density dichte"""
)
"""Words that turn a quantity into another one where they are not part of the entry."""

TURNING_BEHIND = _set("per pro je par unit einheit unité state array list string sequence word vector queue")
"""Words that do so behind `of` as well."""

CHANGES = _set(
    """change difference shift deviation offset error residual drop rise increase decrease increment variation
    fluctuation änderung differenz verschiebung abweichung fehler abfall anstieg différence écart erreur chute
    augmentation diminution"""
)
"""Words for a difference of two values: the same dimension, either sign."""

FRENCH_ADJECTIVES = _set(
    """initiale initial finale final maximale maximal minimale minimal moyenne moyen totale total normale extérieure
    intérieure extérieur intérieur extracellulaire intracellulaire synaptique ionique membranaire critique instantanée
    efficace thermodynamique ambiante constante"""
)
"""Adjectives behind a French noun that leave its dimension alone."""

GERMAN_HEADS = (
    "kraft", "temperatur", "geschwindigkeit", "beschleunigung", "energie", "leistung", "konzentration", "frequenz",
    "widerstand", "länge", "masse", "fläche", "volumen", "potential",
)  # fmt: skip
"""German words that keep their meaning as the last part of a compound."""

ROWS: tuple[tuple[str, str, str], ...] = (
    # electricity and neurons
    (_V, "signed", "membrane potential,membrane voltage,resting potential,reversal potential,equilibrium potential,"
     "nernst potential,electrochemical driving force,electric potential,potential difference,"
     "voltage,holding potential,threshold potential,action potential,electromotive force,emf,spannung,"
     "membranpotential,ruhepotential,gleichgewichtspotential,umkehrpotential,elektrisches potential,nernst-potential,"
     "tension électrique,potentiel de membrane,potentiel de repos,potentiel électrique,potentiel d'équilibre,"
     "potentiel d'inversion,différence de potentiel,force électromotrice,cell potential,half-cell potential"),
    ("A", "signed", "current,electric current,synaptic current,post-synaptic current,"
     "postsynaptic current,"
     "injected current,strom,stromstärke,elektrischer strom,courant,"
     "courant électrique,intensité du courant,courant synaptique"),
    ("A m-2", "signed", "current density,stromdichte,densité de courant"),
    ("A s", "signed", "charge,electric charge,ladung,elektrische ladung,charge électrique"),
    ("A s", "positive", "elementary charge,elementarladung,charge élémentaire"),
    (_PURE, "signed", "valence,charge number,ion charge number,valenz,wertigkeit,ladungszahl,nombre de charge"),
    (_OHM, "positive", "resistance,electrical resistance,input resistance,series resistance,"
     "access resistance,impedance,reactance,elektrischer widerstand,widerstand,impedanz,"
     "résistance électrique,résistance,impédance"),
    (_SIEMENS, "positive", "conductance,electrical conductance,synaptic conductance,"
     "channel conductance,"
     "leitwert,elektrischer leitwert"),
    ("kg-1 m-3 s3 A2", "positive", "conductivity,electrical conductivity,elektrische leitfähigkeit,"
     "conductivité électrique,conductivité"),
    ("kg m3 s-3 A-2", "positive", "resistivity,axial resistivity,spezifischer widerstand,résistivité"),
    ("kg m4 s-3 A-2", "positive", "specific membrane resistance,spezifischer membranwiderstand"),
    (_FARAD, "positive", "capacitance,kapazität,capacité électrique"),
    ("kg-1 m-4 s4 A2", "positive", "specific membrane capacitance,specific capacitance,membrane capacitance per area"),
    ("kg m2 s-2 A-2", "positive", "inductance,self-inductance,induktivität"),
    ("kg m s-3 A-1", "signed", "electric field,electric field strength,elektrische feldstärke,elektrisches feld,"
     "champ électrique"),
    ("kg s-2 A-1", "signed", "magnetic field,magnetic flux density,magnetic induction,magnetische flussdichte,"
     "champ magnétique"),
    ("kg m2 s-2 A-1", "signed", "magnetic flux,magnetischer fluss,flux magnétique"),
    ("kg-1 m-3 s4 A2", "positive", "permittivity,vacuum permittivity,permittivität,permittivité"),
    ("kg m s-2 A-2", "positive", "magnetic permeability,vacuum permeability,magnetische permeabilität,"
     "perméabilité magnétique"),
    ("A s mol-1", "positive", "faraday constant,faraday's constant,faraday-konstante,constante de faraday"),
    # either of a whole cell or of its area, in the same words
    (OPEN, "signed", "driving force,ionic current,membrane current,leak current,membranstrom,courant de fuite"),
    (OPEN, "positive", "maximal conductance,maximum conductance,leak conductance,membrane capacitance,"
     "membrane resistance,membrane conductance,membrankapazität,membranwiderstand,capacité de membrane,"
     "résistance de membrane,permeability"),
    # of a body or of a mole of it, in the same words
    (OPEN, "signed", "free energy,gibbs energy,gibbs free energy,enthalpy,entropy,enthalpie,entropie,"
     "freie energie,énergie libre"),
    (OPEN, "positive", "activation energy,aktivierungsenergie,énergie d'activation"),
    # chemistry
    ("mol m-3", "positive", "concentration,molar concentration,ion concentration,molarity,extracellular concentration,"
     "intracellular concentration,konzentration,stoffmengenkonzentration,concentration molaire"),
    ("mol", "positive", "amount of substance,number of moles,amount of gas,stoffmenge,quantité de matière,"
     "nombre de moles"),
    ("kg mol-1", "positive", "molar mass,molecular weight,molare masse,molmasse,masse molaire"),
    ("m3 mol-1", "positive", "molar volume,molares volumen,molvolumen,volume molaire"),
    ("mol-1", "positive", "avogadro constant,avogadro's constant,avogadro-konstante,constante d'avogadro"),
    ("kg m2 s-2 mol-1 K-1", "positive", "gas constant,universal gas constant,ideal gas constant,gaskonstante,"
     "universelle gaskonstante,constante des gaz parfaits,constante des gaz"),
    ("kg m2 s-2 K-1", "positive", "boltzmann constant,boltzmann's constant,boltzmann-konstante,"
     "constante de boltzmann"),
    ("mol m-3 s-1", "unknown", "reaction rate,rate of reaction,reaktionsgeschwindigkeit,vitesse de réaction"),
    (_PURE, "positive", "activity coefficient,mole fraction,stoffmengenanteil,molenbruch,fraction molaire,"
     "hill coefficient,hill-koeffizient"),
    (_PURE, "signed", "pH,pKa"),
    # heat
    ("K", "positive", "temperature,absolute temperature,thermodynamic temperature,temperatur,absolute temperatur,"
     "température,température absolue"),
    (_J, "signed", "heat,internal energy,wärme,wärmemenge,innere energie,chaleur,énergie interne"),
    ("kg m2 s-2 K-1", "positive", "heat capacity,wärmekapazität,capacité thermique"),
    ("m2 s-2 K-1", "positive", "specific heat,specific heat capacity,spezifische wärmekapazität,spezifische wärme,"
     "capacité thermique massique,chaleur massique"),
    ("kg m s-3 K-1", "positive", "thermal conductivity,heat conductivity,wärmeleitfähigkeit,conductivité thermique"),
    # space, time, motion
    ("m", "positive", "length,height,width,thickness,diameter,radius,distance,depth,wavelength,length constant,"
     "focal length,perimeter,circumference,länge,höhe,breite,dicke,durchmesser,halbmesser,abstand,entfernung,"
     "wellenlänge,umfang,brennweite,longueur,hauteur,largeur,épaisseur,diamètre,rayon,profondeur,"
     "longueur d'onde,périmètre"),
    ("m", "signed", "position,displacement,coordinate,auslenkung,koordinate,déplacement,coordonnée,elongation"),
    ("m2", "positive", "area,cross section,cross-sectional area,surface area,membrane area,fläche,querschnitt,"
     "querschnittsfläche,oberfläche,aire,superficie,section transversale"),
    ("m3", "positive", "volume,volumen"),
    ("s", "unknown", "time,zeit,temps"),
    ("s", "positive", "time constant,period,duration,half-life,half life,lifetime,membrane time constant,zeitkonstante,"
     "periode,periodendauer,dauer,halbwertszeit,lebensdauer,constante de temps,période,durée,demi-vie"),
    ("s-1", "positive", "frequency,firing rate,spike rate,cutoff frequency,frequenz,feuerrate,grenzfrequenz,fréquence,"
     "sampling rate,sampling frequency"),
    ("s-1", "signed", "angular frequency,angular velocity,angular speed,kreisfrequenz,winkelgeschwindigkeit,pulsation,"
     "vitesse angulaire"),
    ("m s-1", "signed", "velocity,geschwindigkeit,vitesse,drift velocity"),
    ("m s-1", "positive", "speed,speed of light,speed of sound,lichtgeschwindigkeit,schallgeschwindigkeit,"
     "vitesse de la lumière,vitesse du son,conduction velocity,phase velocity"),
    ("m s-2", "signed", "acceleration,beschleunigung,accélération"),
    ("m s-2", "positive", "gravitational acceleration,acceleration due to gravity,acceleration of gravity,"
     "free-fall acceleration,erdbeschleunigung,fallbeschleunigung,ortsfaktor,accélération de la pesanteur,"
     "intensité de la pesanteur"),
    (_PURE, "signed", "angle,phase angle,winkel,phasenwinkel,strain,dehnung,déphasage"),
    # mechanics
    ("kg", "positive", "mass,masse,rest mass,ruhemasse,reduced mass"),
    ("kg m-3", "positive", "density,mass density,dichte,massendichte,densité,masse volumique"),
    ("kg m s-2", "signed", "force,mechanical force,kraft,weight force,gewichtskraft,friction force,reibungskraft,"
     "force de frottement,normal force,normalkraft,tension force"),
    (_J, "signed", "energy,potential energy,work,mechanical work,total energy,energie,"
     "potentielle energie,arbeit,gesamtenergie,énergie,"
     "énergie potentielle,travail"),
    (_J, "nonnegative", "kinetic energy,kinetische energie,énergie cinétique"),
    ("kg m2 s-3", "signed", "power,leistung,puissance"),
    ("kg m-1 s-2", "unknown", "pressure,partial pressure,stress,shear stress,osmotic pressure,druck,partialdruck,"
     "mechanische spannung,osmotischer druck,pression,pression partielle,contrainte"),
    ("kg m-1 s-2", "positive", "young's modulus,elastic modulus,modulus of elasticity,shear modulus,bulk modulus,"
     "elastizitätsmodul,e-modul,schubmodul,module d'young,module de young"),
    ("kg s-2", "positive", "spring constant,stiffness,surface tension,federkonstante,steifigkeit,"
     "oberflächenspannung,raideur,constante de raideur,tension superficielle"),
    ("kg m s-1", "signed", "momentum,linear momentum,impuls,quantité de mouvement"),
    ("kg m2 s-1", "signed", "angular momentum,drehimpuls,moment cinétique"),
    ("kg m2 s-1", "positive", "planck constant,planck's constant,reduced planck constant,plancksches wirkungsquantum,"
     "constante de planck"),
    (_J, "signed", "torque,bending moment,moment of force,drehmoment,biegemoment,moment de force,couple"),
    ("kg m2", "positive", "moment of inertia,trägheitsmoment,moment d'inertie"),
    ("m4", "positive", "second moment of area,area moment of inertia,flächenträgheitsmoment"),
    ("kg m-1 s-1", "positive", "dynamic viscosity,viscosity,dynamische viskosität,viskosität,viscosité dynamique,"
     "viscosité"),
    ("m2 s-1", "positive", "kinematic viscosity,diffusion coefficient,diffusion constant,diffusivity,"
     "thermal diffusivity,"
     "kinematische viskosität,diffusionskoeffizient,coefficient de diffusion"),
    ("m3 s-1", "signed", "flow rate,volumetric flow rate,volume flow,volumenstrom,débit volumique,cardiac output,"
     "blood flow"),
    ("m3 kg-1 s-2", "positive", "gravitational constant,gravitationskonstante,constante gravitationnelle,"
     "constante de gravitation"),
    (_PURE, "positive", "friction coefficient,coefficient of friction,refractive index,index of refraction,efficiency,"
     "reibungskoeffizient,reibungszahl,brechungsindex,brechzahl,wirkungsgrad,coefficient de frottement,"
     "indice de réfraction,rendement,relative permittivity,dielectric constant,poisson's ratio,poisson ratio,"
     "querkontraktionszahl,reynolds number,reynolds-zahl,nombre de reynolds,mach number,quality factor"),
    (_PURE, "nonnegative", "probability,fraction,open probability,wahrscheinlichkeit,offenwahrscheinlichkeit,"
     "probabilité,sensitivity of the test,prevalence,number of channels,number of particles,number of turns,"
     "sample size,teilchenzahl,windungszahl,stichprobenumfang,degrees of freedom,freiheitsgrade"),
    # light and optics
    ("cd", "positive", "luminous intensity,lichtstärke,intensité lumineuse"),
    ("cd m-2", "positive", "illuminance,luminance,beleuchtungsstärke,leuchtdichte,éclairement"),
    ("m-1", "positive", "wave number,wavenumber,optical power,wellenzahl,brechkraft,nombre d'onde,vergence"),
    ("kg s-3", "positive", "irradiance,intensity of light,sound intensity,bestrahlungsstärke,schallintensität,"
     "heat flux density"),
)  # fmt: skip
