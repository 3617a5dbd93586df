"""What an SVG may hold: names of elements, attributes and properties that draw, and nothing else."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _words(
    """
    svg g defs symbol use title desc switch style path rect circle ellipse line polyline polygon text tspan textPath
    image linearGradient radialGradient stop clipPath mask pattern marker filter
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    """
)

# Numbers, paths, keywords: they can neither run nor fetch.
PLAIN_ATTRIBUTES = _words(
    """
    id class version viewBox preserveAspectRatio x y x1 y1 x2 y2 cx cy r rx ry fx fy fr width height d points transform
    pathLength offset gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits
    patternUnits patternContentUnits patternTransform markerUnits markerWidth markerHeight refX refY orient
    filterUnits primitiveUnits filterRes in in2 result stdDeviation dx dy operator k1 k2 k3 k4 mode type values
    tableValues slope intercept amplitude exponent order kernelMatrix divisor bias targetX targetY edgeMode
    kernelUnitLength preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent azimuth elevation z
    pointsAtX pointsAtY pointsAtZ limitingConeAngle scale xChannelSelector yChannelSelector radius baseFrequency
    numOctaves seed stitchTiles textLength lengthAdjust rotate startOffset method spacing systemLanguage lang role
    aria-label aria-hidden
    """
)

# Also allowed as attributes: the presentation attributes of SVG 1.1.
PROPERTIES = _words(
    """
    alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
    direction display dominant-baseline enable-background fill fill-opacity fill-rule filter flood-color flood-opacity
    font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight image-rendering
    isolation kerning letter-spacing lighting-color marker marker-end marker-mid marker-start mask mask-type
    mix-blend-mode opacity overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
    text-decoration text-rendering transform transform-box transform-origin unicode-bidi vector-effect visibility
    word-spacing writing-mode
    """
)

FUNCTIONS = _words(
    """
    rgb rgba hsl hsla matrix translate translatex translatey rotate scale scalex scaley skewx skewy rect calc blur
    brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
    """
)
